import { createColors } from 'picocolors';
import type { CliIo } from '../../../src/cli/cli-io';
import type { LiveFrame } from '../../../src/cli/live/live-view';
import { createLiveView } from '../../../src/cli/live/live-view';

describe('the live view', () => {
  it('draws over its own lines on a terminal', () => {
    const { io, printed } = createIo({ isLive: true });
    const view = createLiveView(io);
    view.show(createFrame('', ['a', 'b']));
    view.show(createFrame('', ['c']));
    expect(printed()).toBe('a\nb\n\u001b[1A\u001b[2K\u001b[1A\u001b[2Kc\n');
  });

  it('cuts a line that would wrap, so that it stays one line to clear', () => {
    const { io, printed } = createIo({ isLive: true, columns: 6 });
    createLiveView(io).show(createFrame('', ['\u001b[32mabcdefgh\u001b[39m']));
    expect(printed()).toBe('abcd…\n');
  });

  it('keeps a note above the lines that change', () => {
    const { io, printed } = createIo({ isLive: true });
    const view = createLiveView(io);
    view.show(createFrame('', ['state']));
    view.note('note');
    expect(printed()).toBe('state\n\u001b[1A\u001b[2Knote\nstate\n');
  });

  it('gives a sign of life in a log while nothing changes', () => {
    let nowMs = 0;
    const { io, printed } = createIo({ isLive: false });
    const view = createLiveView(io, () => nowMs);
    view.show(createFrame('one'));
    nowMs = 59_000;
    view.show(createFrame('one'));
    nowMs = 60_000;
    view.show(createFrame('one'));
    expect(printed()).toBe('one\none\n');
  });

  it('writes a line per change to a log, at most one a second', () => {
    let nowMs = 0;
    const { io, printed } = createIo({ isLive: false });
    const view = createLiveView(io, () => nowMs);
    view.show(createFrame('one'));
    view.show(createFrame('two'));
    nowMs = 1_000;
    view.show({ ...createFrame('one, later'), key: 'one' });
    view.show(createFrame('three'));
    nowMs = 2_000;
    view.show(createFrame('three'));
    expect(printed()).toBe('one\nthree\n');
  });
});

function createFrame(line: string, lines: readonly string[] = []): LiveFrame {
  return { lines, line, key: line };
}

function createIo({ isLive, columns = 80 }: { isLive: boolean; columns?: number }): {
  io: CliIo;
  printed: () => string;
} {
  let text = '';
  const colors = createColors(false);
  const io: CliIo = {
    writeOut: () => {},
    writeError: (piece) => void (text += piece),
    writePieces: () => Promise.resolve(),
    isLive,
    ask: null,
    columns: () => columns,
    outColors: colors,
    errorColors: colors,
  };
  return { io, printed: () => text };
}
