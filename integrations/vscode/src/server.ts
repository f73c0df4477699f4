// Finds the server. Nothing here is of VS Code, so that it is tested in node alone.
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join, resolve } from 'node:path';

/** Where a server may be. */
export interface Places {
  /** The setting `handlervet.path`. */
  readonly setting: string;
  /** The folders of the workspace. */
  readonly folders: readonly string[];
  /** The variable PATH. */
  readonly path: string;
  /** The folder of the extension. */
  readonly extension: string;
}

/** The machine, as node names it: `linux` and `x64`. */
export interface Machine {
  readonly platform: string;
  readonly arch: string;
}

/** A program to start, and why this one. */
export interface Server {
  readonly command: string;
  readonly from: string;
}

/**
 * The server to start: that of the setting, of the workspace, of the PATH or of the extension.
 * It throws if there is none. A setting that names nothing is an error: who set it wants no other server.
 */
export function findServer(places: Places, machine: Machine = process): Server {
  if (places.setting !== '') {
    return fromSetting(places);
  }
  for (const candidate of candidates(places, machine)) {
    if (isProgram(candidate.command)) {
      return candidate;
    }
  }
  throw new Error('there is no handlervet: install it (`npm install --save-dev handlervet`) or set `handlervet.path`');
}

function fromSetting({ setting, folders }: Places): Server {
  const bases = isAbsolute(setting) || folders.length === 0 ? [''] : folders;
  for (const base of bases) {
    const command = resolve(base, setting);
    if (isProgram(command)) {
      return { command, from: 'the setting handlervet.path' };
    }
  }
  throw new Error(`\`handlervet.path\` is ${setting}, and that is no program`);
}

function* candidates(places: Places, machine: Machine): Generator<Server> {
  const file = machine.platform === 'win32' ? 'handlervet.exe' : 'handlervet';
  for (const folder of places.folders) {
    yield { command: join(folder, 'node_modules', ...installed(file, machine)), from: `node_modules of ${folder}` };
  }
  for (const folder of places.path.split(delimiter)) {
    // A relative entry would mean another program in each workspace.
    if (isAbsolute(folder)) {
      yield { command: join(folder, file), from: 'PATH' };
    }
  }
  yield { command: join(places.extension, 'bin', file), from: 'the extension' };
}

/** Where npm puts the program. On Windows `.bin` holds scripts, which do not start without a shell. */
function installed(file: string, { platform, arch }: Machine): string[] {
  return platform === 'win32' ? ['@handlervet', `${platform}-${arch}`, 'bin', file] : ['.bin', file];
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
