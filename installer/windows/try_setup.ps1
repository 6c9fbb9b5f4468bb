# Tries the installer on Windows itself: silent installation twice, self-check of what was installed, removal, leftovers.
param([Parameter(Mandatory)][string]$Setup)
$ErrorActionPreference = 'Stop'
$place = "$env:LOCALAPPDATA\Programs\Delink"
foreach ($time in 1, 2) {
    $done = Start-Process $Setup '/S' -Wait -PassThru
    if ($done.ExitCode) { throw "installation $time ended with $($done.ExitCode)" }
}
Push-Location \
$told = & "$place\delink-cli.exe" --self-check
$code = $LASTEXITCODE
Pop-Location
$told
if ($code -or -not ($told -match 'Credential Manager stored, gave back and removed')) { throw 'the self-check failed' }
Start-Process "$place\Uninstall.exe" '/S' -Wait
for ($tries = 0; (Test-Path $place) -and $tries -lt 100; $tries++) { Start-Sleep -Milliseconds 200 }
if (Test-Path $place) { throw "left behind: $place" }
if (Test-Path 'HKCU:\Software\Delink') { throw 'the registry keeps Software\Delink' }
