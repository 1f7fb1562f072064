/* Wine 8 lacks bcryptprimitives.dll, which Rust's standard library asks for random bytes. Only for checks under Wine:
   every Windows has the real one. */
#include <windows.h>
#include <ntsecapi.h>

__declspec(dllexport) BOOL WINAPI ProcessPrng(BYTE *bytes, SIZE_T count)
{
    return RtlGenRandom(bytes, (ULONG)count);
}
