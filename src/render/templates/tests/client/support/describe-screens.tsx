import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import type { ComponentType } from 'react';
import type { RouteObject } from 'react-router';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { BaseRecord } from '../../../src/client/api/resource-client.ts';
import type { EntityRef } from '../../../src/client/app/entity-ref.ts';
import { inSentence } from '../../../src/client/format/words.ts';
import { entityRoutes } from '../../../src/client/records/entity-routes.tsx';
import { initialValues, linksIn } from '../../../src/client/records/form/form-values.ts';
import { editPath, recordPath, titleOf } from '../../../src/client/resources/record.ts';
import type { Resource } from '../../../src/client/resources/resource.ts';
import { type FakeApi, installFakeApi } from './fake-api.ts';
import { renderRoutes } from './render-routes.tsx';

interface Screens {
  List: ComponentType;
  Detail: ComponentType;
  Form: ComponentType<{ edits: boolean }>;
}

/** What list, detail and form of every entity owe to the person in front of them. `input` is a valid record to enter. */
export function describeScreens(resource: Resource, screens: Screens, input: object): void {
  const { entity, fields, relations } = resource;
  const routes: RouteObject[] = [...entityRoutes(entity, screens), { path: '*', element: null }];
  const name = inSentence(entity.label);
  const plural = inSentence(entity.pluralLabel);
  const record = recordOf(resource, input);
  let api: FakeApi;

  beforeEach(() => {
    api = installFakeApi();
    for (const relation of relations) {
      const links = linksIn(initialValues(resource, record, {})[relation.key]);
      api.keep(
        relation.target.api,
        links.map(({ id }) => stub(relation.target, id)),
      );
    }
  });

  afterEach(() => {
    cleanup();
    vi.unstubAllGlobals();
  });

  describe('list', () => {
    it('shows each record with a link to it', async () => {
      api.keep(entity.api, [record]);
      renderRoutes(routes, entity.paths.list);
      const table = await screen.findByRole('table');
      const link = table.querySelector(`a[href="${recordPath(entity, record.id)}"]`);
      expect(link?.textContent).toBe(titleOf(record, entity).trim());
    });

    it('offers to create the first record when there is none', async () => {
      renderRoutes(routes, entity.paths.list);
      const link = await screen.findByRole('link', { name: `Create the first ${name}` });
      expect(link.getAttribute('href')).toBe(entity.paths.create);
    });

    it('says why it could not be loaded, and loads again on demand', async () => {
      api.keep(entity.api, [record]);
      failList(api, entity);
      renderRoutes(routes, entity.paths.list);
      await screen.findByText(`The ${plural} could not be loaded`);
      expect(screen.getByText('The answer was 503.')).toBeDefined();
      vi.unstubAllGlobals();
      api = installFakeApi();
      api.keep(entity.api, [record]);
      fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
      expect(await screen.findByRole('table')).toBeDefined();
    });
  });

  describe('detail', () => {
    it('shows the record, and deletes it only after asking', async () => {
      api.keep(entity.api, [record]);
      renderRoutes(routes, recordPath(entity, record.id));
      await screen.findByRole('heading', { level: 1, name: titleOf(record, entity) });
      fireEvent.click(screen.getByRole('button', { name: 'Delete' }));
      const dialog = await screen.findByRole('dialog');
      expect(api.received.some(({ method }) => method === 'DELETE')).toBe(false);
      fireEvent.click(within(dialog).getByRole('button', { name: 'Delete' }));
      expect(await screen.findByText(`${entity.label} deleted`)).toBeDefined();
      expect(api.received.find(({ method }) => method === 'DELETE')?.path).toBe(`${entity.api}/${record.id}`);
    });

    it('says so when there is no such record', async () => {
      renderRoutes(routes, recordPath(entity, 404));
      expect(await screen.findByText(`This ${name} does not exist`)).toBeDefined();
    });
  });

  describe('form', () => {
    const required = [
      ...fields.filter(({ required, kind }) => required && !kind.isNeverEmpty).map((field) => field.name),
      ...relations.filter((relation) => relation.required && !relation.many).map(({ key }) => key),
    ];

    it.runIf(required.length > 0)('marks what is required and missing, and sends nothing', async () => {
      const { container } = renderRoutes(routes, entity.paths.create);
      fireEvent.click(await findSubmit(container, resource));
      for (const key of required) {
        const control = controlOf(container, key);
        if (!(control instanceof HTMLSelectElement && control.disabled)) {
          expect(control.getAttribute('aria-invalid'), key).toBe('true');
        }
      }
      expect(api.received.every(({ method }) => method === 'GET')).toBe(true);
    });

    it('sends what was entered', async () => {
      const { container } = renderRoutes(routes, entity.paths.create);
      const submit = await findSubmit(container, resource);
      enter(container, resource, record);
      fireEvent.click(submit);
      await screen.findByText(`${entity.label} created`);
      expect(api.received.find(({ method }) => method === 'POST')).toMatchObject({ path: entity.api, body: input });
    });

    it('keeps a record as it is when nothing was changed', async () => {
      api.keep(entity.api, [record]);
      const { container } = renderRoutes(routes, editPath(entity, record.id));
      fireEvent.click(await findSubmit(container, resource));
      await screen.findByText(`${entity.label} saved`);
      const put = api.received.find(({ method }) => method === 'PUT');
      expect(put).toMatchObject({ path: `${entity.api}/${record.id}`, body: input });
    });

    it('shows what the server refuses beside its field, and keeps what was entered', async () => {
      const { container } = renderRoutes(routes, entity.paths.create);
      const submit = await findSubmit(container, resource);
      enter(container, resource, record);
      const first = fields[0]?.name ?? relations[0]?.key ?? '';
      api.failNext('POST', 400, [{ field: first, message: 'The server wants another one.' }]);
      fireEvent.click(submit);
      expect(await screen.findByText('The server wants another one.')).toBeDefined();
      for (const { name: key } of fields) {
        expect(valueIn(controlOf(container, key)), key).toBe(initialValues(resource, record, {})[key]);
      }
    });
  });
}

/** The record that the API makes of an input: with an id, times, and the labels of what it links to. */
function recordOf({ relations }: Resource, input: object): BaseRecord {
  const record: BaseRecord = {
    id: 7,
    createdAt: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-01-02T00:00:00.000Z',
    ...input,
  };
  for (const { key, expanded, many, target } of relations) {
    const ids: unknown = Reflect.get(input, key);
    const links = (Array.isArray(ids) ? ids : [ids])
      .filter((id) => typeof id === 'number')
      .map((id) => ({ id, label: titleOf(stub(target, id), target) }));
    Reflect.set(record, expanded, many ? links : (links[0] ?? null));
  }
  return record;
}

/** As much of a linked record as a form needs to offer it. */
function stub(entity: EntityRef, id: number): BaseRecord {
  const now = new Date(0).toISOString();
  return { id, createdAt: now, updatedAt: now, [entity.titleField]: `Linked ${id}` } as BaseRecord;
}

/** Every list fails while several are asked for at once: filters load what they offer, too. */
function failList(api: FakeApi, { api: path }: EntityRef): void {
  const working = fetch;
  vi.stubGlobal('fetch', (address: string, init?: RequestInit) => {
    if (address.startsWith(`${path}?`)) api.failNext('GET', 503);
    return working(address, init);
  });
}

/** The button that sends the form, once the form and the choices of its relations are there. */
async function findSubmit(container: HTMLElement, { relations }: Resource): Promise<HTMLElement> {
  return await waitFor(() => {
    for (const { key } of relations) controlOf(container, key);
    const submit = container.querySelector<HTMLElement>('button[type=submit]');
    if (!submit) throw new Error('There is no submit button');
    return submit;
  });
}

function controlOf(container: HTMLElement, key: string): HTMLElement {
  const control = container.querySelector<HTMLElement>(`[data-control="${key}"]`);
  if (!control) throw new Error(`There is no control for ${key}`);
  return control;
}

function valueIn(control: HTMLElement): unknown {
  if (!(control instanceof HTMLInputElement)) return 'value' in control ? control.value : undefined;
  if (control.type === 'checkbox') return control.checked;
  if (control.type === 'radio') return radiosOf(control).find(({ checked }) => checked)?.value ?? '';
  return control.value;
}

/** The radio buttons that a person chooses among. */
function radiosOf({ form, name }: HTMLInputElement): HTMLInputElement[] {
  return [...(form?.querySelectorAll<HTMLInputElement>(`input[type=radio][name="${name}"]`) ?? [])];
}

/** Enters a value as a person would. */
function enterInto(control: HTMLElement, value: unknown): void {
  if (control instanceof HTMLInputElement && control.type === 'checkbox') {
    if (control.checked !== value) fireEvent.click(control);
  } else if (control instanceof HTMLInputElement && control.type === 'radio') {
    const radio = radiosOf(control).find((candidate) => candidate.value === value);
    if (radio) fireEvent.click(radio);
  } else fireEvent.change(control, { target: { value } });
}

/** Fills in the form as a person would. */
function enter(container: HTMLElement, resource: Resource, record: BaseRecord): void {
  const values = initialValues(resource, record, {});
  for (const { name } of resource.fields) enterInto(controlOf(container, name), values[name]);
  for (const { key, many, target } of resource.relations) {
    for (const { id } of linksIn(values[key])) {
      if (many) {
        const boxes = within(controlOf(container, key).closest('fieldset') ?? container);
        fireEvent.click(boxes.getByLabelText(titleOf(stub(target, id), target)));
      } else {
        fireEvent.change(controlOf(container, key), { target: { value: String(id) } });
      }
    }
  }
}
