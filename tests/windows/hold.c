/* hold FILE SECONDS: keeps a file open as a viewer of PDFs does: others may read it, but neither write nor replace it. */
#include <windows.h>
#include <stdlib.h>
#include <wchar.h>

int wmain(int count, wchar_t **arguments)
{
    if (count != 3)
        return 2;
    HANDLE file = CreateFileW(arguments[1], GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);
    if (file == INVALID_HANDLE_VALUE)
        return 1;
    Sleep(1000 * wcstoul(arguments[2], NULL, 10));
    return 0;
}
