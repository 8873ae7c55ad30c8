/** An element of a request under construction, by the words of xmlbuilder2. */
export interface RequestElement {
  /** Adds an element; its prefix is declared where that has not been done above. @returns it */
  ele(namespace: string, name: string): RequestElement;
  ele(name: string): RequestElement;
  /** @returns the element itself */
  att(namespace: string, name: string, value: string): RequestElement;
  att(name: string, value: string): RequestElement;
  /** Adds text, of which there is no more than one piece in an element, and no element beside it. @returns the element itself */
  txt(text: string): RequestElement;
}

/** What has been told of an element, in the order in which it was. */
export class RequestNode implements RequestElement {
  readonly namespace: string | undefined;
  readonly name: string;
  /** Namespace, name and value of each; the namespace is missing where none was given. */
  readonly attributes: (readonly [namespace: string | undefined, name: string, value: string])[] = [];
  readonly children: RequestNode[] = [];
  text: string | undefined;

  constructor(namespace: string | undefined, name: string) {
    this.namespace = namespace;
    this.name = name;
  }

  ele(first: string, second?: string): RequestNode {
    const child = second === undefined ? new RequestNode(undefined, first) : new RequestNode(first, second);
    this.children.push(child);
    return child;
  }

  att(first: string, second: string, third?: string): this {
    this.attributes.push(third === undefined ? [undefined, first, second] : [first, second, third]);
    return this;
  }

  txt(text: string): this {
    this.text = text;
    return this;
  }
}
