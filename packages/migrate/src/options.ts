import type * as t from '@babel/types';
import { type Edit, keyOf, rangeOf, sourceOf } from './edit.js';

/** How a name of the old library's options maps to the kit's. */
export type OptionRule =
  | string
  /** Left out: the kit does it by itself. */
  | null
  /** An object whose members are options, such as `authorizationParams`. */
  | { readonly nested: OptionRules }
  /** Has another form: its source, or null to leave it out. */
  | {
      readonly to: string;
      readonly render: (source: string) => string | null;
      /** What to report where it is left out. */
      readonly note?: string;
      /** Left out without a report: what the kit does by itself. */
      readonly isDefault?: (source: string) => boolean;
    }
  /** Left out, and reported with what to do instead. */
  | { readonly dropped: string }
  /** Cannot be converted: what to do. */
  | { readonly advice: string };

export type OptionRules = Readonly<Record<string, OptionRule>>;

/** An option under its new name, with the node of its value. */
export interface MappedOption {
  readonly name: string;
  readonly value: t.Node;
  /** The new source, where it is not that of the value. A spread has no name. */
  readonly text?: string;
}

/** Why options cannot be converted. */
export interface Obstacle {
  readonly node: t.Node;
  readonly message: string;
}

export interface Mapping {
  readonly options: readonly MappedOption[];
  /** Members that were left out, to be reported. */
  readonly notes: readonly Obstacle[];
  readonly obstacles: readonly Obstacle[];
}

/**
 * Maps an object literal of options, in the order of the source.
 *
 * @returns the options, or what stands in the way
 */
export function mapOptions(edit: Edit, object: t.ObjectExpression, rules: OptionRules): Mapping {
  return joinMappings(
    object.properties.map((property) => {
      const key = keyOf(property);
      if (property.type === 'ObjectProperty' && key !== undefined) {
        return mapOption(edit, key, property, property.value, rules);
      }
      const text = property.type === 'SpreadElement' && spreadText(edit, property, rules);
      if (typeof text === 'string') return only({ name: '', value: property, text });
      return refuse(
        property,
        'Options with a spread, a method or a computed name: write them out.',
      );
    }),
  );
}

/** Maps one option by its old name. */
export function mapOption(
  edit: Edit,
  key: string,
  node: t.Node,
  value: t.Node,
  rules: OptionRules,
): Mapping {
  const rule = rules[key];
  if (rule === null) return nothing;
  if (rule === undefined) return refuse(node, `The option "${key}" has no equivalent.`);
  if (typeof rule === 'string') return only({ name: rule, value });
  if ('to' in rule) {
    const text = rule.render(sourceOf(edit, value));
    if (text !== null) return only({ name: rule.to, value, text });
    const isDefault = rule.isDefault?.(sourceOf(edit, value)) ?? rule.note === undefined;
    return isDefault || rule.note === undefined ? nothing : leaveOut(node, rule.note);
  }
  if ('dropped' in rule) return leaveOut(node, rule.dropped);
  if ('advice' in rule) return refuse(node, rule.advice);
  if (value.type === 'ObjectExpression') return mapOptions(edit, value, rule.nested);
  return refuse(node, `"${key}" is not an object literal: write its members out.`);
}

const nothing: Mapping = { options: [], notes: [], obstacles: [] };

function only(option: MappedOption): Mapping {
  return { ...nothing, options: [option] };
}

function leaveOut(node: t.Node, message: string): Mapping {
  return { ...nothing, notes: [{ node, message }] };
}

function refuse(node: t.Node, message: string): Mapping {
  return { ...nothing, obstacles: [{ node, message }] };
}

export function joinMappings(mappings: readonly Mapping[]): Mapping {
  return {
    options: mappings.flatMap(({ options }) => options),
    notes: mappings.flatMap(({ notes }) => notes),
    obstacles: mappings.flatMap(({ obstacles }) => obstacles),
  };
}

/** `...(audience ? { audience } : null)`, whose members are renamed in place. */
function spreadText(edit: Edit, spread: t.SpreadElement, rules: OptionRules): string | undefined {
  const { argument } = spread;
  const branches =
    argument.type === 'ConditionalExpression'
      ? [argument.consequent, argument.alternate]
      : argument.type === 'LogicalExpression'
        ? [argument.right]
        : [];
  const objects = branches.filter((branch) => branch.type === 'ObjectExpression');
  if (objects.length === 0) return undefined;
  const { start } = rangeOf(spread);
  let text = sourceOf(edit, spread);
  for (const object of objects.toReversed()) {
    const { options, notes, obstacles } = mapOptions(edit, object, rules);
    if (notes.length > 0 || obstacles.length > 0) return undefined;
    const range = rangeOf(object);
    const members = options.map((option) => optionText(edit, option)).join(', ');
    text = `${text.slice(0, range.start - start)}{ ${members} }${text.slice(range.end - start)}`;
  }
  return text;
}

/** An option as a member of an object literal. */
export function optionText(edit: Edit, { name, value, text }: MappedOption): string {
  const source = text ?? sourceOf(edit, value);
  return name === '' || source === name ? source : `${name}: ${source}`;
}

/** Rewrites an object literal in place; the values stay where they are, so that edits inside them hold. */
export function rewriteOptions(
  edit: Edit,
  object: t.ObjectExpression,
  options: readonly MappedOption[],
): void {
  const { start, end } = rangeOf(object);
  if (options.length === 0) {
    edit.text.overwrite(start, end, '{}');
    return;
  }
  let from = start;
  for (const [index, { name, value, text }] of options.entries()) {
    const range = rangeOf(value);
    const separator = index === 0 ? '{ ' : ', ';
    if (text === undefined) {
      const key = sourceOf(edit, value) === name ? '' : `${name}: `;
      edit.text.overwrite(from, range.start, separator + key);
    } else {
      edit.text.overwrite(from, range.end, separator + (name === '' ? text : `${name}: ${text}`));
    }
    from = range.end;
  }
  edit.text.overwrite(from, end, ' }');
}
