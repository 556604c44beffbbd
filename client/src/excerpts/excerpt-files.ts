import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { counted } from '../../../batch/wording';
import {
  type ExcerptText,
  type ExcerptView,
  linesView,
  requestView,
  stringAt,
  textView,
} from '../../../files/excerpt-view';
import { type LineBlock, linesIn } from '../../../files/line-block';
import { customIdOf } from '../../../runs/custom-id';
import type { App } from '../app';
import type { EditsOnDisk } from './edits-on-disk';
import { type Excerpt, excerptOf } from './excerpt';
import { differInIdOnly, FollowedIds } from './followed-ids';
import { type Lines, linesOf } from './lines';

/** An excerpt that an editor has read: the lines it is made of, as they were read or written last. */
interface Opened {
  /** With the id that its request has by now. */
  excerpt: Excerpt;
  block: LineBlock;
  shown: ExcerptText;
  /** Grows with each change of the lines, of which VS Code is told nothing else. */
  mtime: number;
  /** Settled when nothing of it is being written; rejected where the last text could not be. */
  written: Promise<unknown>;
}

/** So long, in ms, is waited for more changes of a file before its excerpts are looked at. */
const PAUSE_MS = 100;

/**
 * Excerpts as files that an editor reads and writes. Its own way of dealing with a file that changed on disk works for them:
 * unchanged documents follow, changed ones are compared before anything is overwritten.
 */
export class ExcerptFiles implements vscode.FileSystemProvider {
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changed.event;
  readonly #opened = new Map<string, Promise<Opened>>();
  readonly #ids: FollowedIds;

  constructor(private readonly app: Pick<App, 'context' | 'server' | 'log'> & { readonly edits: EditsOnDisk }) {
    this.#ids = new FollowedIds(app.context.workspaceState);
    app.context.subscriptions.push(
      this.#changed,
      vscode.workspace.onDidCloseTextDocument(({ uri }) => void this.#close(uri)),
      app.server.onDidStart(() => void this.#tellHidden().catch((error) => app.log.warn(String(error)))),
    );
  }

  /** What the labels of an excerpt stand for. Throws FileSystemError. */
  async hiddenIn(uri: vscode.Uri): Promise<ExcerptText['hidden']> {
    return (await this.#open(uri)).shown.hidden;
  }

  /** Whether the last text of an excerpt could not be written and this one can. */
  async canBeWrittenAgain(uri: vscode.Uri, text: string): Promise<boolean> {
    const opened = await this.#open(uri);
    const isRefused = await opened.written.then(
      () => false,
      () => true,
    );
    if (!isRefused) return false;
    try {
      viewOf(opened.excerpt).close(opened.block.bytes, { ...opened.shown, text });
      return true;
    } catch {
      return false;
    }
  }

  /** The lines that an excerpt is of, where they are now. Throws FileSystemError. */
  async blockOf(uri: vscode.Uri): Promise<LineBlock> {
    return (await this.#now(await this.#open(uri))).block;
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const opened = await this.#open(uri);
    const { block, isChanged } = await this.#now(opened);
    return {
      type: vscode.FileType.File,
      ctime: 0,
      mtime: isChanged ? opened.mtime + 1 : opened.mtime,
      size: fingerprint(block.bytes),
    };
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    const opened = await this.#open(uri);
    const { block, isChanged } = await this.#now(opened);
    const shown = this.#shown(opened.excerpt, block);
    if (isChanged) opened.mtime++;
    opened.shown = shown;
    await this.#take(uri, opened, block);
    await this.app.server.hide(uri, shown.hidden);
    return Buffer.from(shown.text);
  }

  async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    if (!vscode.workspace.isTrusted) throw vscode.FileSystemError.NoPermissions('This workspace is not trusted.');
    const opened = await this.#open(uri);
    opened.written = opened.written
      .catch(() => {})
      .then(() => this.#write(uri, opened, Buffer.from(content).toString('utf8')));
    await asFileSystemError(opened.written);
  }

  /** What an excerpt is of may change in a document, or on disk. */
  watch(uri: vscode.Uri): vscode.Disposable {
    const file = excerptOf(uri)?.file;
    if (!file) return new vscode.Disposable(() => {});
    const folder = vscode.Uri.joinPath(file, '..');
    const watcher = vscode.workspace.createFileSystemWatcher(
      new vscode.RelativePattern(folder, path.basename(file.fsPath)),
    );
    let timer: NodeJS.Timeout | undefined;
    const look = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => void this.#look(uri).catch((error) => this.app.log.warn(String(error))), PAUSE_MS);
    };
    const inDocument = vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (document.uri.toString() === file.toString()) look();
    });
    const onDisk = [watcher.onDidChange(look), watcher.onDidCreate(look), watcher.onDidDelete(look)];
    return vscode.Disposable.from(watcher, inDocument, ...onDisk, { dispose: () => clearTimeout(timer) });
  }

  readDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.FileNotADirectory(uri);
  }

  createDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  async #look(uri: vscode.Uri): Promise<void> {
    const opened = await this.#open(uri);
    await opened.written.catch(() => {});
    const isChanged = await this.#now(opened).then(
      (now) => now.isChanged,
      () => undefined,
    );
    const type = isChanged === undefined ? vscode.FileChangeType.Deleted : vscode.FileChangeType.Changed;
    if (isChanged !== false) this.#changed.fire([{ type, uri }]);
  }

  async #write(uri: vscode.Uri, opened: Opened, text: string): Promise<void> {
    const { block } = await this.#now(opened);
    const edited = { ...opened.shown, text };
    const bytes = viewOf(opened.excerpt).close(block.bytes, edited);
    if (!bytes.equals(block.bytes)) await this.#replace(opened.excerpt, block, bytes);
    opened.shown = edited;
    opened.mtime++;
    await this.#take(uri, opened, { ...block, bytes, lines: linesIn(bytes).length });
  }

  /** An excerpt is of these lines from now on, whatever their request is called. */
  async #take(uri: vscode.Uri, opened: Opened, block: LineBlock): Promise<void> {
    opened.block = block;
    const { excerpt } = opened;
    const customId = idOf(block);
    if (excerpt.kind === 'lines' || customId === undefined || customId === excerpt.customId) return;
    opened.excerpt = { ...excerpt, customId };
    await this.#ids.follow(uri, customId);
  }

  async #close(uri: vscode.Uri): Promise<void> {
    if (this.#opened.delete(uri.toString())) await this.#ids.forget(uri);
  }

  /** A server that was started again knows of no label. */
  async #tellHidden(): Promise<void> {
    for (const { uri } of vscode.workspace.textDocuments) {
      const opened = await this.#opened.get(uri.toString());
      if (opened && opened.shown.hidden.length > 0) await this.app.server.hide(uri, opened.shown.hidden);
    }
  }

  async #replace(excerpt: Excerpt, block: LineBlock, bytes: Buffer): Promise<void> {
    const lines = this.#linesOf(excerpt);
    if (excerpt.kind !== 'text' || !excerpt.shared) return lines.replace(block, bytes);
    const { token } = stringAt(block.bytes.toString(), excerpt.path);
    const other = stringAt(bytes.toString(), excerpt.path).token;
    const starts = await lines.sharing(excerpt.path, token);
    await lines.replaceShared(starts, token, other);
    vscode.window.setStatusBarMessage(`Changed in ${counted(starts.length, 'request')}`, 5000);
  }

  #open(uri: vscode.Uri): Promise<Opened> {
    const name = uri.toString();
    const known = this.#opened.get(name);
    if (known) return known;
    const opening = asFileSystemError(this.#openAnew(uri));
    this.#opened.set(name, opening);
    opening.catch(() => this.#opened.delete(name));
    return opening;
  }

  async #openAnew(uri: vscode.Uri): Promise<Opened> {
    const named = excerptOf(uri);
    if (!named) throw vscode.FileSystemError.FileNotFound(uri);
    const customId = this.#ids.of(uri);
    const excerpt = named.kind === 'lines' || customId === undefined ? named : { ...named, customId };
    const block = await this.#named(excerpt, excerpt.kind === 'lines' ? excerpt.lines : 1);
    const { mtimeMs } = await stat(excerpt.file.fsPath);
    return {
      excerpt,
      block,
      shown: this.#shown(excerpt, block),
      mtime: Math.floor(mtimeMs),
      written: Promise.resolve(),
    };
  }

  /** Where the lines of an excerpt are now, else those that its name leads to: then they have changed. Throws FileSystemError. */
  async #now({ excerpt, block }: Opened): Promise<{ block: LineBlock; isChanged: boolean }> {
    const found = await this.#linesOf(excerpt).find(block);
    if (found) return { block: found, isChanged: false };
    return {
      block: (await this.#renamed(excerpt, block)) ?? (await this.#named(excerpt, block.lines)),
      isChanged: true,
    };
  }

  /** The request at its place, where nothing of it but its id was changed. */
  async #renamed(excerpt: Excerpt, { line, lines, bytes }: LineBlock): Promise<LineBlock | null> {
    const there = excerpt.kind === 'lines' ? null : await this.#linesOf(excerpt).read(line, { lines });
    return there && differInIdOnly(bytes, there.bytes) ? there : null;
  }

  /** The lines that an excerpt's name leads to: a request by its id, wherever it is. */
  async #named(excerpt: Excerpt, lines: number): Promise<LineBlock> {
    const source = this.#linesOf(excerpt);
    const block = await source.read(excerpt.line, { lines });
    const isNamed = excerpt.kind === 'lines' || excerpt.customId === '' || excerpt.customId === idOf(block);
    if (block && isNamed) return block;
    const place = isNamed ? null : await this.app.server.findRequest(excerpt.file, excerpt.customId);
    const moved = place && (await source.read(place.line, { lines }));
    if (!moved) throw vscode.FileSystemError.FileNotFound(`It is no longer in ${path.basename(excerpt.file.fsPath)}.`);
    return moved;
  }

  #shown(excerpt: Excerpt, { bytes }: LineBlock): ExcerptText {
    return viewOf(excerpt).open(bytes);
  }

  #linesOf({ file }: Excerpt): Lines {
    return linesOf(file, this.app.edits);
  }
}

function viewOf(excerpt: Excerpt): ExcerptView {
  if (excerpt.kind === 'lines') return linesView;
  return excerpt.kind === 'request' ? requestView : textView(excerpt.path);
}

function idOf(block: LineBlock | null): string | undefined {
  return (block && customIdOf(block.bytes)) ?? undefined;
}

/** VS Code takes a file of the same size for the same file, however new it is: so other lines are of another size. */
function fingerprint(lines: Buffer): number {
  return createHash('sha256').update(lines).digest().readUIntBE(0, 3);
}

/** The editor shows what a FileSystemError says. */
async function asFileSystemError<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof vscode.FileSystemError) throw error;
    throw vscode.FileSystemError.Unavailable(error instanceof Error ? error.message : String(error));
  }
}
