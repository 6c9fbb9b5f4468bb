/* For tries under Wine only, never shipped: Windows 10 has an icuuc.dll that Wine 8 lacks, and Qt links to it for rare
   text encodings. Every converter fails to open here, so Qt uses the ones it has built in. */
#define SHOWN __declspec(dllexport)
enum { FILE_ACCESS_ERROR = 4 };

SHOWN void *ucnv_open(const char *name, int *error) { (void)name; if (error) *error = FILE_ACCESS_ERROR; return 0; }
SHOWN void ucnv_close(void *converter) { (void)converter; }
SHOWN void ucnv_reset(void *converter) { (void)converter; }
SHOWN signed char ucnv_getMaxCharSize(void *converter) { (void)converter; return 1; }
SHOWN const char *ucnv_getName(void *converter, int *error) { (void)converter; if (error) *error = FILE_ACCESS_ERROR; return 0; }
SHOWN const char *ucnv_getStandardName(void) { return 0; }
SHOWN const char *ucnv_getAvailableName(int number) { (void)number; return 0; }
SHOWN int ucnv_countAvailable(void) { return 0; }
SHOWN int ucnv_toUCountPending(void) { return 0; }
SHOWN int ucnv_fromUCountPending(void) { return 0; }
SHOWN void ucnv_getToUCallBack(void) {}
SHOWN void ucnv_getFromUCallBack(void) {}
SHOWN void ucnv_setToUCallBack(void) {}
SHOWN void ucnv_setFromUCallBack(void) {}
SHOWN void ucnv_cbToUWriteUChars(void) {}
SHOWN void ucnv_toUnicode(void) {}
SHOWN void ucnv_fromUnicode(void) {}
SHOWN void ucnv_cbFromUWriteUChars(void) {}
SHOWN void UCNV_FROM_U_CALLBACK_SUBSTITUTE(void) {}
SHOWN void UCNV_TO_U_CALLBACK_SUBSTITUTE(void) {}
