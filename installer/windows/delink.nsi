; The Windows installer: for one user, without administrator rights, over an older version in place.
;
;   makensis -DVERSION=1.2.3 -DSOURCE=folder -DOUT=setup.exe [-DUNINSTALLER_SIGN="command %1"] delink.nsi
;   setup.exe /S             installs without asking; /DESKTOP=1 adds an icon on the desktop; /D=folder, last, chooses the place
;   Uninstall.exe /S         removes without asking
; setup.exe ends with 0 when all is well, 1 when the user cancelled, 2 when it could not be done, 3 when Delink is running.
Unicode true
Target amd64-unicode
SetCompressor /SOLID lzma
SetCompressorDictSize 32
ManifestDPIAware true
ManifestSupportedOS all

!include "MUI2.nsh"
!include "FileFunc.nsh"
!include "LogicLib.nsh"
!include "WinVer.nsh"
!include "x64.nsh"

!define NAME "Delink"
!define PUBLISHER "The Delink authors"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${NAME}"
!define OWN_KEY "Software\${NAME}"
!define DOCUMENT "Delink.Sheet"
!define CAPABILITIES "${OWN_KEY}\Capabilities"

Name "${NAME}"
BrandingText "${NAME} ${VERSION}"
OutFile "${OUT}"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\${NAME}"
InstallDirRegKey HKCU "${OWN_KEY}" "InstallFolder"
ShowInstDetails nevershow
ShowUninstDetails nevershow
AllowSkipFiles off

VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "${NAME}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "FileDescription" "${NAME} setup"
VIAddVersionKey "CompanyName" "${PUBLISHER}"
VIAddVersionKey "LegalCopyright" "${PUBLISHER}, MIT licence"

!ifdef UNINSTALLER_SIGN
  !uninstfinalize '${UNINSTALLER_SIGN}' = 0
!endif

!define MUI_ICON "..\..\resources\icons\app\delink.ico"
!define MUI_UNICON "..\..\resources\icons\app\delink.ico"
!define MUI_WELCOMEFINISHPAGE_BITMAP "..\..\resources\icons\app\setup.bmp"
!define MUI_UNWELCOMEFINISHPAGE_BITMAP "..\..\resources\icons\app\setup.bmp"
!define MUI_WELCOMEPAGE_TEXT "$(WELCOME)"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN "$INSTDIR\delink.exe"
!define MUI_FINISHPAGE_SHOWREADME
!define MUI_FINISHPAGE_SHOWREADME_NOTCHECKED
!define MUI_FINISHPAGE_SHOWREADME_TEXT "$(DESKTOP_ICON)"
!define MUI_FINISHPAGE_SHOWREADME_FUNCTION AddDesktopIcon
!define MUI_FINISHPAGE_NOREBOOTSUPPORT

!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "German"

LangString WELCOME ${LANG_ENGLISH} "Delink removes links between Zoho CRM records that you list in an Excel or CSV sheet. The records themselves stay.$\r$\n$\r$\nIt is installed for you alone; no administrator is needed. Runs and connections of an older version stay as they are.$\r$\n$\r$\n$_CLICK"
LangString WELCOME ${LANG_GERMAN} "Delink entfernt Verknüpfungen zwischen Zoho-CRM-Datensätzen, die in einer Excel- oder CSV-Tabelle stehen. Die Datensätze selbst bleiben.$\r$\n$\r$\nEs wird nur für Sie installiert und braucht keinen Administrator. Läufe und Verbindungen einer älteren Version bleiben erhalten.$\r$\n$\r$\n$_CLICK"
LangString DESKTOP_ICON ${LANG_ENGLISH} "Put an icon on the desktop"
LangString DESKTOP_ICON ${LANG_GERMAN} "Symbol auf den Desktop legen"
LangString STILL_RUNNING ${LANG_ENGLISH} "Delink is running. Close its window, then choose Retry. A run that is stopped can be continued afterwards."
LangString STILL_RUNNING ${LANG_GERMAN} "Delink läuft noch. Schließen Sie das Fenster und wählen Sie dann Wiederholen. Ein angehaltener Lauf kann danach fortgesetzt werden."
LangString NEEDS_WINDOWS_10 ${LANG_ENGLISH} "Delink needs Windows 10 or newer (64 bit). Nothing was installed."
LangString NEEDS_WINDOWS_10 ${LANG_GERMAN} "Delink braucht Windows 10 oder neuer (64 Bit). Es wurde nichts installiert."
LangString NOT_OURS ${LANG_ENGLISH} "This folder holds other files. Choose an empty one; nothing was installed."
LangString NOT_OURS ${LANG_GERMAN} "In diesem Ordner liegen andere Dateien. Wählen Sie einen leeren; es wurde nichts installiert."
LangString PRACTICE ${LANG_ENGLISH} "Delink (practice mode)"
LangString PRACTICE ${LANG_GERMAN} "Delink (Übungsmodus)"
LangString SHEET ${LANG_ENGLISH} "Sheet"
LangString SHEET ${LANG_GERMAN} "Tabelle"

; Delink is running if its file cannot be opened for writing: Windows refuses that for a running program.
!macro CloseFirst UN
  Function ${UN}CloseFirst
    again:
    Push $0
    StrCpy $1 "free"
    ${If} ${FileExists} "$INSTDIR\delink.exe"
      ClearErrors
      FileOpen $0 "$INSTDIR\delink.exe" a
      ${If} ${Errors}
        StrCpy $1 "used"
      ${Else}
        FileClose $0
      ${EndIf}
    ${EndIf}
    ${If} ${FileExists} "$INSTDIR\delink-cli.exe"
      ClearErrors
      FileOpen $0 "$INSTDIR\delink-cli.exe" a
      ${If} ${Errors}
        StrCpy $1 "used"
      ${Else}
        FileClose $0
      ${EndIf}
    ${EndIf}
    Pop $0
    ${If} $1 == "used"
      IfSilent silently
      MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(STILL_RUNNING)" IDRETRY again
      silently:
      SetErrorLevel 3
      Quit
    ${EndIf}
  FunctionEnd
!macroend
!insertmacro CloseFirst ""
!insertmacro CloseFirst "un."

Function .onInit
  SetShellVarContext current
  ${IfNot} ${RunningX64}
  ${OrIfNot} ${AtLeastWin10}
    IfSilent +2
    MessageBox MB_OK|MB_ICONSTOP "$(NEEDS_WINDOWS_10)"
    SetErrorLevel 2
    Quit
  ${EndIf}
FunctionEnd

Function un.onInit
  SetShellVarContext current
  Call un.CloseFirst
FunctionEnd

Function AddDesktopIcon
  CreateShortcut "$DESKTOP\${NAME}.lnk" "$INSTDIR\delink.exe"
FunctionEnd

; Adds Delink to "Open with" for one kind of file; the program that opens such files by default stays the default.
!macro OpenWith EXTENSION
  WriteRegStr HKCU "Software\Classes\${EXTENSION}\OpenWithProgids" "${DOCUMENT}" ""
  WriteRegStr HKCU "${CAPABILITIES}\FileAssociations" "${EXTENSION}" "${DOCUMENT}"
  WriteRegStr HKCU "Software\Classes\Applications\delink.exe\SupportedTypes" "${EXTENSION}" ""
!macroend
!macro NotOpenWith EXTENSION
  DeleteRegValue HKCU "Software\Classes\${EXTENSION}\OpenWithProgids" "${DOCUMENT}"
  DeleteRegKey /ifempty HKCU "Software\Classes\${EXTENSION}\OpenWithProgids"
  DeleteRegKey /ifempty HKCU "Software\Classes\${EXTENSION}"
!macroend
!macro ForEachSheet MACRO
  !insertmacro ${MACRO} ".xlsx"
  !insertmacro ${MACRO} ".xlsm"
  !insertmacro ${MACRO} ".xlsb"
  !insertmacro ${MACRO} ".xls"
  !insertmacro ${MACRO} ".ods"
  !insertmacro ${MACRO} ".csv"
  !insertmacro ${MACRO} ".tsv"
!macroend

Section "Install"
  Call CloseFirst
  ; A folder that is not ours is never emptied, and never becomes ours.
  ${If} ${FileExists} "$INSTDIR\*.*"
  ${AndIfNot} ${FileExists} "$INSTDIR\delink.exe"
    ${GetSize} "$INSTDIR" "/M=*.* /S=0B /G=1" $0 $1 $2
    ${If} $1 > 0
      IfSilent +2
      MessageBox MB_OK|MB_ICONSTOP "$(NOT_OURS)"
      SetErrorLevel 2
      Quit
    ${EndIf}
  ${EndIf}
  RMDir /r "$INSTDIR\_internal"
  SetOutPath "$INSTDIR"
  File /r "${SOURCE}\*"
  WriteUninstaller "$INSTDIR\Uninstall.exe"

  Delete "$SMPROGRAMS\${NAME}\*.lnk"   ; an older version may have been installed in another language
  CreateDirectory "$SMPROGRAMS\${NAME}"
  CreateShortcut "$SMPROGRAMS\${NAME}\${NAME}.lnk" "$INSTDIR\delink.exe"
  CreateShortcut "$SMPROGRAMS\${NAME}\$(PRACTICE).lnk" "$INSTDIR\delink.exe" "--practice"
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/DESKTOP=" $1
  ${IfNot} ${Errors}
  ${AndIf} $1 == "1"
    Call AddDesktopIcon
  ${EndIf}

  WriteRegStr HKCU "Software\Classes\${DOCUMENT}" "" "$(SHEET)"
  WriteRegStr HKCU "Software\Classes\${DOCUMENT}\DefaultIcon" "" "$INSTDIR\delink.exe,0"
  WriteRegStr HKCU "Software\Classes\${DOCUMENT}\shell\open\command" "" '"$INSTDIR\delink.exe" "%1"'
  WriteRegStr HKCU "Software\Classes\Applications\delink.exe" "FriendlyAppName" "${NAME}"
  WriteRegStr HKCU "Software\Classes\Applications\delink.exe\shell\open\command" "" '"$INSTDIR\delink.exe" "%1"'
  WriteRegStr HKCU "${CAPABILITIES}" "ApplicationName" "${NAME}"
  WriteRegStr HKCU "${CAPABILITIES}" "ApplicationDescription" "Removes links between Zoho CRM records from a sheet"
  WriteRegStr HKCU "Software\RegisteredApplications" "${NAME}" "${CAPABILITIES}"
  !insertmacro ForEachSheet OpenWith

  WriteRegStr HKCU "${OWN_KEY}" "InstallFolder" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\delink.exe"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "Publisher" "${PUBLISHER}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\Uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\Uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "EstimatedSize" $0
  ${RefreshShellIcons}
SectionEnd

Section "Uninstall"
  Delete "$SMPROGRAMS\${NAME}\*.lnk"
  RMDir "$SMPROGRAMS\${NAME}"
  Delete "$DESKTOP\${NAME}.lnk"
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\delink.exe"
  Delete "$INSTDIR\delink-cli.exe"
  Delete "$INSTDIR\Uninstall.exe"
  RMDir "$INSTDIR"
  !insertmacro ForEachSheet NotOpenWith
  DeleteRegKey HKCU "Software\Classes\${DOCUMENT}"
  DeleteRegKey HKCU "Software\Classes\Applications\delink.exe"
  DeleteRegValue HKCU "Software\RegisteredApplications" "${NAME}"
  DeleteRegKey HKCU "${UNINSTALL_KEY}"
  DeleteRegKey HKCU "${OWN_KEY}"
  ${RefreshShellIcons}
SectionEnd
