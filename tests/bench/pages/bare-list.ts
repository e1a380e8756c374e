import { Dexie } from 'dexie';

/** The floor of a list: ten thousand plain records in Dexie, the latest fifty drawn as soon as the page is there. */

type Plain = { id: string; kind: string; date: string; title: string; state: string };

// As on any other address than this machine's own, where it would trace every request.
Dexie.debug = false;

const bare = new Dexie('bare-list');
bare.version(1).stores({ record: 'id, [kind+date]' });

const fill = async (records: readonly Plain[]): Promise<void> => {
  await bare.table('record').bulkPut(records);
};

const draw = async (): Promise<void> => {
  const rows = (await bare
    .table('record')
    .where('[kind+date]')
    .between(['activity', Dexie.minKey], ['activity', Dexie.maxKey])
    .reverse()
    .limit(50)
    .toArray()) as Plain[];
  const list = document.createElement('div');
  list.className = 'list';
  for (const { date, title, state } of rows) {
    const row = document.createElement('a');
    row.textContent = `${date} ${title} ${state}`;
    list.append(row);
  }
  document.getElementById('app')?.append(list);
};

(globalThis as unknown as { fill: typeof fill }).fill = fill;
void draw();
