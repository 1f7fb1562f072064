//! As much of the editor as the extension touches.

type Listener<T> = (event: T) => unknown;

export const told: string[] = [];
export const registered = new Map<string, () => unknown>();
export const state = { isTrusted: true, report: "", folders: [] as string[] };
const changes: Listener<{ affectsConfiguration(name: string): boolean }>[] = [];
const grants: Listener<void>[] = [];

/** A person changes the setting. */
export async function set(report: string): Promise<void> {
  state.report = report;
  for (const change of changes) await change({ affectsConfiguration: (name) => name === "jigyo.report" });
}

/** A person trusts the folder. */
export async function trust(): Promise<void> {
  state.isTrusted = true;
  for (const grant of grants) await grant();
}

export function forget(): void {
  told.length = 0;
  changes.length = 0;
  grants.length = 0;
  registered.clear();
  Object.assign(state, { isTrusted: true, report: "", folders: [] });
}

const nothing = { dispose: () => undefined };

export const window = {
  showWarningMessage: (text: string) => Promise.resolve(void told.push(text)),
};

export const workspace = {
  get isTrusted() {
    return state.isTrusted;
  },
  get workspaceFolders() {
    return state.folders.map((fsPath) => ({ uri: { scheme: "file", fsPath } }));
  },
  getConfiguration: () => ({ get: () => state.report }),
  onDidChangeConfiguration: (listener: (typeof changes)[number]) => (changes.push(listener), nothing),
  onDidGrantWorkspaceTrust: (listener: (typeof grants)[number]) => (grants.push(listener), nothing),
};

export const commands = {
  registerCommand: (name: string, run: () => unknown) => (registered.set(name, run), nothing),
};
