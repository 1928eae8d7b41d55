import { Turns } from '../../../src/workflows/turns';

describe('turns', () => {
  it('never run more works at once than allowed, though all start in one tick', async () => {
    const turns = new Turns(3);
    let running = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      running += 1;
      most = Math.max(most, running);
      await Promise.resolve();
      running -= 1;
    };
    await Promise.all(Array.from({ length: 20 }, () => turns.take(work)));
    expect(most).toBe(3);
  });

  it('go on after a work that failed', async () => {
    const turns = new Turns(1);
    const failing = turns.take(() => Promise.reject(new Error('no')));
    const next = turns.take(() => Promise.resolve('yes'));
    await expect(failing).rejects.toThrow('no');
    await expect(next).resolves.toBe('yes');
  });
});
