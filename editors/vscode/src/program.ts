//! Where the program `report` is: in the setting, in a folder that is open or its report, in this extension, in PATH. Knows no editor.

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
    for (const above of foldersOfReport(folder, files, machine)) {
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

/** The file with which a report begins */
const REPORT = "報告書.jigyo";

/**
 * The folder and those above it up to that of its report, nearest first. Without a report the folder alone: what lies above it
 * nobody opened and nobody trusted, and on a share everybody may put a program there.
 */
function foldersOfReport(folder: string, files: path.PlatformPath, machine: Machine): string[] {
  const found = [folder];
  for (let own = folder; !machine.isFile(files.join(own, REPORT)); found.push(own)) {
    const above = files.dirname(own);
    if (above === own) return [folder];
    own = above;
  }
  return found;
}
