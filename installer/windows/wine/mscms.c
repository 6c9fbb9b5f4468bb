/* For tries under Wine only, never shipped: the colour profile calls of Qt's windows platform; Wine 8 ends the program at one. */
#define SHOWN __declspec(dllexport)

SHOWN void *OpenColorProfileW(void *profile, unsigned access, unsigned share, unsigned how) {
    (void)profile; (void)access; (void)share; (void)how;
    return 0;
}
SHOWN int CloseColorProfile(void *handle) { (void)handle; return 1; }
SHOWN int GetColorProfileFromHandle(void *handle, void *buffer, unsigned *size) {
    (void)handle; (void)buffer;
    if (size) *size = 0;
    return 0;
}
SHOWN void *WcsCreateIccProfile(void *handle, unsigned options) { (void)handle; (void)options; return 0; }
