# Signs Windows programs in place with signtool; without a certificate it says so and does nothing.
#   DELINK_SIGN_PFX, DELINK_SIGN_PASSWORD, DELINK_SIGN_TIMESTAMP (the address of a time stamp server)
param([Parameter(ValueFromRemainingArguments)][string[]]$Files)
$ErrorActionPreference = 'Stop'
if (-not $env:DELINK_SIGN_PFX) { Write-Output 'sign: no certificate was given, so nothing is signed'; exit 0 }
$signtool = Get-ChildItem "${env:ProgramFiles(x86)}\Windows Kits\10\bin\*\x64\signtool.exe" | Sort-Object FullName | Select-Object -Last 1
foreach ($file in $Files) {
    & $signtool.FullName sign /f $env:DELINK_SIGN_PFX /p $env:DELINK_SIGN_PASSWORD /fd SHA256 /td SHA256 /tr $env:DELINK_SIGN_TIMESTAMP /d Delink $file
    if ($LASTEXITCODE) { throw "signtool ended with $LASTEXITCODE" }
    & $signtool.FullName verify /pa $file
    if ($LASTEXITCODE) { throw "the signature of $file does not hold" }
}
