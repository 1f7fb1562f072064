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

export enum State {
  Stopped = 1,
  Running = 2,
  Starting = 3,
}

interface Options {
  errorHandler: { closed(): { action: CloseAction } };
}

export class LanguageClient {
  private child: ChildProcess | undefined;
  private starting: Promise<void> | undefined;

  constructor(
    readonly id: string,
    readonly name: string,
    private readonly launch: () => Promise<ChildProcess>,
    readonly options: Options,
  ) {}

  get state(): State {
    if (this.starting) return State.Starting;
    return this.child ? State.Running : State.Stopped;
  }

  start(): Promise<void> {
    this.starting ??= this.begin().finally(() => (this.starting = undefined));
    return this.starting;
  }

  private async begin(): Promise<void> {
    const child = await this.launch();
    // The first words are exchanged.
    await new Promise((resolve) => setTimeout(resolve, 20));
    this.child = child;
    started.push({ program: child.spawnfile, client: this });
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
