import type { ComponentType } from 'react';
import type { RouteObject } from 'react-router';
import type { EntityRef } from '../app/entity-ref.ts';

/** The screens of an entity; the form serves both a new record and an old one. */
interface EntityScreens {
  List: ComponentType;
  Detail: ComponentType;
  Form: ComponentType<{ edits: boolean }>;
}

/** The routes of one entity. */
export function entityRoutes({ paths }: EntityRef, { List, Detail, Form }: EntityScreens): RouteObject[] {
  return [
    { path: paths.list, element: <List /> },
    { path: paths.create, element: <Form key="create" edits={false} /> },
    { path: paths.detail, element: <Detail /> },
    { path: paths.edit, element: <Form key="edit" edits /> },
  ];
}
