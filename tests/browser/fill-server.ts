import { databaseFile } from '../../src/server/config.ts';
import { openSqlite } from '../../src/server/sql/open.ts';
import { addPerson } from '../../src/server/units/people.ts';
import { addUnit } from '../../src/server/units/write-units.ts';
import { fillUnit } from '../support/fill.ts';

/** A district of the demo with so many communes more, each of which has handed in records; returns the records' ids. */
export const fillServer = async (
  dataDir: string,
  { district, communes, each }: { district: string; communes: number; each: number },
): Promise<string[]> => {
  const db = await openSqlite(databaseFile(dataDir));
  const ids: string[] = [];
  for (let i = 1; i <= communes; i++) {
    const code = `9${String(i).padStart(4, '0')}`;
    const login = `ctv.${code}`;
    const parent = `demo-${district}`;
    await addUnit(
      db,
      { code, name: `Xã Thử Nghiệm ${i}`, level: 'commune', parent, from: null },
      `demo-${code}`,
    );
    const unit = `demo-${code}`;
    await addPerson(
      db,
      { login, name: `Cộng tác viên xã Thử Nghiệm ${i}`, role: 'collaborator', unit, pin: '246810' },
      new Date('2019-01-01T00:00:00Z'),
    );
    ids.push(...(await fillUnit(db, login, code, each)));
  }
  await db.destroy();
  return ids;
};

/** A second officer of a district of the demo, who signs in as `can.bo.2`. */
export const addSecondOfficer = async (dataDir: string, district: string): Promise<void> => {
  const db = await openSqlite(databaseFile(dataDir));
  await addPerson(
    db,
    { login: 'can.bo.2', name: 'Cán bộ thứ hai', role: 'officer', unit: `demo-${district}`, pin: '246810' },
    new Date('2019-01-01T00:00:00Z'),
  );
  await db.destroy();
};
