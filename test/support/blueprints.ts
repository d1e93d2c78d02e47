import type { Feature as FinishedFeature } from '../../src/core/blueprint.ts';
import type { BlueprintDraft, Entity, Feature } from '../../src/core/blueprint-draft.ts';

/** A small entity whose only field is its name. */
export function entity(name: string, plural: string, relations: Entity['relations'] = []): Entity {
  return {
    name,
    plural,
    label: name,
    pluralLabel: plural,
    description: '',
    fields: [{ name: 'name', label: 'Name', type: 'string', required: true, unique: false }],
    relations,
    titleField: 'name',
    sentences: [],
  };
}

/** A feature of an entity, or of the whole application. */
export function feature(kind: Feature['kind'], entityName?: string): Feature {
  const title = entityName === undefined ? kind : `${kind} ${entityName}`;
  return {
    id: title.toLowerCase().replace(/ /g, '-'),
    title,
    kind,
    ...(entityName === undefined ? {} : { entity: entityName }),
    built: kind !== 'custom',
    sentences: [],
  };
}

/** A feature that no module builds, as it stands in a finished blueprint. */
export function customFeature(id: string, title: string, phrases: number[] = [0]): FinishedFeature {
  const [first, ...others] = phrases;
  const origin: FinishedFeature['origin'] =
    first === undefined ? { by: 'assumed', reason: 'For a test.' } : { by: 'text', phrases: [first, ...others] };
  return { id, title, kind: 'custom', built: false, origin };
}

/** What an engine found: these entities and features, with a home page and the default look. */
export function blueprint(entities: Entity[], features: Feature[]): BlueprintDraft {
  return {
    version: 1,
    name: 'Test Project',
    slug: 'test-project',
    description: '',
    actors: [],
    entities,
    features,
    pages: [{ id: 'home', title: 'Home', path: '/', kind: 'home' }],
    theme: { background: '#ffffff', component: '#000080', sentences: [] },
    coverage: [],
  };
}
