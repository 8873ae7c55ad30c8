import type { Json } from '../cimjson/cim-json-types.js';
import { writeNode } from '../client/message/parse-xml.js';
import { definedMembers } from '../options/defined-members.js';
import { attributeNamed, childNamed, childTextOf, type Element, textIn } from './element.js';
import { plainMembers } from './plain-value.js';

/** What an answer says, for people; and as much of its text as makes it again. */
export interface MessageAnswer {
  /** Of HTTP. */
  readonly status: number;
  /** Of the answer itself. */
  readonly action?: string | undefined;
  readonly returnValue?: Json | undefined;
  readonly outputs?: Json | undefined;
  /** How many items it has. */
  readonly items?: number | undefined;
  /** Its codes, from the outer to the inner one, the number of WSManFault and the text. */
  readonly fault?: { readonly code: string; readonly number?: string | undefined; readonly text: string } | undefined;
  /** The header blocks besides those of WS-Addressing, and what is in the Body: XML that stands by itself. */
  readonly headers?: string | undefined;
  readonly body: string;
}

/** What of an answer tells how its enumeration goes on. */
export interface EnumerationPart {
  readonly context: string | undefined;
  readonly ended: boolean;
  /** XML that stands by itself. */
  readonly items: readonly string[];
}

const ADDRESSING = new Set(['Action', 'MessageID', 'RelatesTo', 'To', 'From', 'ReplyTo', 'FaultTo']);

/** @param root an envelope */
export function readAnswer(root: Element, status: number): MessageAnswer {
  const header = childNamed(root, 'Header');
  const body = childNamed(root, 'Body');
  const [content] = body?.children ?? [];
  const others = (header?.children ?? []).filter(({ name }) => !ADDRESSING.has(name));
  return definedMembers({
    status,
    action: childTextOf(header, 'Action'),
    ...resultOf(content),
    items: itemsOf(content)?.length,
    fault: content?.name === 'Fault' ? faultOf(content) : undefined,
    headers: others.length > 0 ? others.map(standingAlone).join('') : undefined,
    body: (body?.children ?? []).map(standingAlone).join(''),
  });
}

/** @param root an envelope */
export function readEnumerationPart(root: Element): EnumerationPart {
  const [content] = childNamed(root, 'Body')?.children ?? [];
  return {
    context: childTextOf(content, 'EnumerationContext') || undefined,
    ended: childNamed(content, 'EndOfSequence') !== undefined,
    items: (itemsOf(content) ?? []).map(standingAlone),
  };
}

function itemsOf(content: Element | undefined): readonly Element[] | undefined {
  return childNamed(content, 'Items')?.children;
}

/** With every namespace that is declared around it: prefixes stand in values, too. */
function standingAlone({ node, scope }: Element): string {
  return writeNode(node, scope);
}

function resultOf(content: Element | undefined): Pick<MessageAnswer, 'returnValue' | 'outputs'> {
  if (content === undefined || !content.name.endsWith('_OUTPUT')) return {};
  const { ReturnValue: returnValue, ...outputs } = plainMembers(content);
  return { returnValue, outputs: Object.keys(outputs).length > 0 ? outputs : undefined };
}

function faultOf(fault: Element): NonNullable<MessageAnswer['fault']> {
  const codes: string[] = [];
  for (let code = childNamed(fault, 'Code'); code !== undefined; code = childNamed(code, 'Subcode')) {
    const value = childTextOf(code, 'Value') ?? '';
    codes.push(value.slice(value.indexOf(':') + 1));
  }
  const detail = childNamed(fault, 'Detail')?.children.find(({ name }) => name === 'WSManFault');
  const reason = childNamed(childNamed(fault, 'Reason'), 'Text');
  return definedMembers({
    code: codes.join('/'),
    number: detail && attributeNamed(detail, 'Code'),
    text: reason === undefined ? '' : textIn(reason).trim(),
  });
}
