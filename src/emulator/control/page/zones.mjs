/** Which zones take new instances. */
import { changeConfig, readConfig } from './control-api.mjs';

/** Shows a switch for each zone; one that the world closes cannot be opened here. */
export function showZones({ closedZones, world }, run) {
  const zones = world.regions.flatMap((region) => region.zones);
  const list = document.getElementById('zones');
  const ids = zones.map(({ id }) => id).join('\n');
  if (list.dataset.ids !== ids) {
    list.dataset.ids = ids;
    list.querySelectorAll('label').forEach((label) => label.remove());
    list.append(...zones.map(({ id }) => createSwitch(id, run)));
  }
  const boxes = list.querySelectorAll('input');
  for (const [index, { id, closed }] of zones.entries()) {
    boxes[index].checked = !closed && !closedZones.includes(id);
    boxes[index].disabled = closed;
  }
}

function createSwitch(zone, run) {
  const label = document.createElement('label');
  const box = document.createElement('input');
  box.type = 'checkbox';
  box.addEventListener('change', () => {
    const isOpen = box.checked;
    run(`${zone}: ${isOpen ? 'open' : 'closed'}`, () => changeZone(zone, isOpen));
  });
  label.append(box, zone);
  return label;
}

async function changeZone(zone, isOpen) {
  const { closedZones } = await readConfig();
  const others = closedZones.filter((each) => each !== zone);
  await changeConfig({ closedZones: isOpen ? others : [...others, zone] });
}
