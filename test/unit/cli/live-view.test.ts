import { createColors } from 'picocolors';
import type { CliIo } from '../../../src/cli/cli-io';
import { createLiveView } from '../../../src/cli/live/live-view';

describe('the live view', () => {
  it('draws over its own lines on a terminal', () => {
    const { io, printed } = createIo({ isLive: true });
    const view = createLiveView(io);
    view.show(['a', 'b'], '');
    view.show(['c'], '');
    expect(printed()).toBe('a\nb\n\u001b[1A\u001b[2K\u001b[1A\u001b[2Kc\n');
  });

  it('cuts a line that would wrap, so that it stays one line to clear', () => {
    const { io, printed } = createIo({ isLive: true, columns: 6 });
    createLiveView(io).show(['\u001b[32mabcdefgh\u001b[39m'], '');
    expect(printed()).toBe('abcd…\n');
  });

  it('keeps a note above the lines that change', () => {
    const { io, printed } = createIo({ isLive: true });
    const view = createLiveView(io);
    view.show(['state'], '');
    view.note('note');
    expect(printed()).toBe('state\n\u001b[1A\u001b[2Knote\nstate\n');
  });

  it('writes a line per change to a log, at most one a second', () => {
    let nowMs = 0;
    const { io, printed } = createIo({ isLive: false });
    const view = createLiveView(io, () => nowMs);
    view.show([], 'one');
    view.show([], 'two');
    nowMs = 1_000;
    view.show([], 'one');
    view.show([], 'three');
    nowMs = 2_000;
    view.show([], 'three');
    expect(printed()).toBe('one\nthree\n');
  });
});

function createIo({ isLive, columns = 80 }: { isLive: boolean; columns?: number }): {
  io: CliIo;
  printed: () => string;
} {
  let text = '';
  const colors = createColors(false);
  const io: CliIo = {
    writeOut: () => {},
    writeError: (piece) => void (text += piece),
    isLive,
    columns: () => columns,
    outColors: colors,
    errorColors: colors,
  };
  return { io, printed: () => text };
}
