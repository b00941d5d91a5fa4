/**
 * The part of the OData `$filter` grammar that Dataverse takes, as a tree.
 * https://learn.microsoft.com/power-apps/developer/data-platform/webapi/query/filter-rows
 */

export type Literal =
  | { readonly type: 'null' }
  | { readonly type: 'string' | 'guid' | 'date' | 'dateTime' | 'enum'; readonly value: string }
  | { readonly type: 'number'; readonly value: number }
  | { readonly type: 'boolean'; readonly value: boolean };

export const comparisons = ['eq', 'ne', 'gt', 'ge', 'lt', 'le'] as const;
export type Comparison = (typeof comparisons)[number];

export const textFunctions = ['contains', 'startswith', 'endswith'] as const;
export type TextFunction = (typeof textFunctions)[number];

export type Filter =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Filter[] }
  | { readonly kind: 'not'; readonly part: Filter }
  | { readonly kind: 'compare'; readonly operator: Comparison; readonly property: string; readonly value: Literal }
  /** `like` comes from FetchXML; its pattern is the whole text. */
  | { readonly kind: 'text'; readonly function: TextFunction | 'like'; readonly property: string; readonly pattern: string }
  /** A query function of the service, `Microsoft.Dynamics.CRM.In(…)`; its values as they were written. */
  | { readonly kind: 'function'; readonly name: string; readonly property: string; readonly values: readonly string[] };
