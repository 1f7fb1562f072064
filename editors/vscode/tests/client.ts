//! A client that starts the process and speaks no protocol.

import type { ChildProcess } from "node:child_process";

export const started: { program: string; client: LanguageClient }[] = [];

export enum CloseAction {
  DoNotRestart = 1,
  Restart = 2,
}
export enum ErrorAction {
  Continue = 1,
  Shutdown = 2,
}

interface Options {
  errorHandler: { closed(): { action: CloseAction } };
}

export class LanguageClient {
  private child: ChildProcess | undefined;

  constructor(
    readonly id: string,
    readonly name: string,
    private readonly launch: () => Promise<ChildProcess>,
    readonly options: Options,
  ) {}

  async start(): Promise<void> {
    this.child = await this.launch();
    started.push({ program: this.child.spawnfile, client: this });
  }

  isRunning(): boolean {
    return this.child !== undefined;
  }

  stop(): Promise<void> {
    this.child?.kill();
    this.child = undefined;
    return Promise.resolve();
  }
}
