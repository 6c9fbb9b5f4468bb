# Builds the Windows installer on Windows, for a public release: python.org's interpreter, the lock, PyInstaller, NSIS.
#   build.ps1 -Out dist
#   DELINK_SIGN_PFX, DELINK_SIGN_PASSWORD, DELINK_SIGN_TIMESTAMP: as in sign.ps1; without them the file is named unsigned
param([Parameter(Mandatory)][string]$Out)
$ErrorActionPreference = 'Stop'
Set-Location (Join-Path $PSScriptRoot '..\..')
function Invoke-Checked { param([string]$Program, [string[]]$Arguments) & $Program @Arguments; if ($LASTEXITCODE) { throw "$Program ended with $LASTEXITCODE" } }

$version = (Select-String -Path desktop\__init__.py -Pattern '__version__ = "(.*)"').Matches[0].Groups[1].Value
Invoke-Checked python @('-m', 'venv', 'build\installer-venv')
$python = 'build\installer-venv\Scripts\python.exe'
Invoke-Checked $python @('-m', 'pip', 'install', '-q', '--no-deps', '--require-hashes', '-r', 'requirements\installer.txt')
Invoke-Checked $python @('-m', 'pip', 'check')
Invoke-Checked $python @('-m', 'PyInstaller', '--noconfirm', '--log-level', 'WARN', '--distpath', 'build\frozen', '--workpath', 'build\pyinstaller', 'installer\freeze\delink.spec')
$frozen = 'build\frozen\delink'
Invoke-Checked $python @('installer\release\notices.py', $frozen)
Invoke-Checked $python @('installer\release\check_package.py', $frozen)
& installer\windows\sign.ps1 "$frozen\delink.exe" "$frozen\delink-cli.exe"

New-Item -ItemType Directory -Force $Out | Out-Null
$state = if ($env:DELINK_SIGN_PFX) { '' } else { 'unsigned-' }
$setup = Join-Path (Resolve-Path $Out) "delink-$version-windows-${state}setup.exe"
$arguments = @('/V2', "/DVERSION=$version", "/DSOURCE=$(Resolve-Path $frozen)", "/DOUT=$setup")
if ($env:DELINK_SIGN_PFX) { $arguments += "/DUNINSTALLER_SIGN=powershell -NoProfile -ExecutionPolicy Bypass -File $PSScriptRoot\sign.ps1 %1" }
Invoke-Checked makensis ($arguments + 'installer\windows\delink.nsi')
& installer\windows\sign.ps1 $setup
Write-Output $setup
