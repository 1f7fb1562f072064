//! Where the program `report` is: in the setting, in a folder that is open or above it, in this extension, in PATH. Knows no editor.

import * as path from "node:path";

/** What is looked at; a test has its own. */
export interface Machine {
  isWindows: boolean;
  /** PATH */
  searched: string | undefined;
  isFile(file: string): boolean;
}

export interface Places {
  /** What the setting says; empty for nothing */
  setting: string;
  /** Folders that are open and trusted */
  folders: readonly string[];
  /** The folder of this extension */
  extension: string;
}

export type Found =
  | { kind: "found"; program: string; from: "setting" | "folder" | "extension" | "path" }
  /** The setting names a file that is not there: nothing else is taken in its place. */
  | { kind: "wrong setting"; program: string }
  | { kind: "none" };

export function findProgram(places: Places, machine: Machine): Found {
  const files = machine.isWindows ? path.win32 : path.posix;
  const name = machine.isWindows ? "report.exe" : "report";
  const setting = places.setting.trim().replace(/^["“”]+|["“”]+$/g, "");
  if (setting !== "") {
    return machine.isFile(setting)
      ? { kind: "found", program: setting, from: "setting" }
      : { kind: "wrong setting", program: setting };
  }
  for (const folder of places.folders) {
    for (const above of foldersUpward(folder, files)) {
      const program = files.join(above, name);
      if (machine.isFile(program)) return { kind: "found", program, from: "folder" };
    }
  }
  const packed = files.join(places.extension, "bin", name);
  if (machine.isFile(packed)) return { kind: "found", program: packed, from: "extension" };
  for (const folder of (machine.searched ?? "").split(files.delimiter)) {
    // A part that is empty or starts nowhere would be a folder of whoever wrote the workspace.
    if (!files.isAbsolute(folder)) continue;
    const program = files.join(folder, name);
    if (machine.isFile(program)) return { kind: "found", program, from: "path" };
  }
  return { kind: "none" };
}

/** The folder and those above it, nearest first. */
function foldersUpward(folder: string, files: path.PlatformPath): string[] {
  const found = [folder];
  for (let above = files.dirname(folder); above !== found[found.length - 1]; above = files.dirname(above)) {
    found.push(above);
  }
  return found;
}
