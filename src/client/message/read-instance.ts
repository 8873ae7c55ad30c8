import { CimInstance } from '../../cim/model/cim-instance.js';
import type { CimValue } from '../../cim/model/cim-value.js';
import { InstancePath } from '../../cim/model/instance-path.js';
import { NameMap } from '../../cim/model/name-map.js';
import type { ClientSession } from '../transport/client-session.js';
import { classesWithin, type KnownClasses, readProperties, typePath } from './read-typed-value.js';
import type { ResponseElement } from './response-element.js';

/** What is known of an instance besides its element. */
export interface InstanceFrame {
  /** CIM namespace in which its class is declared. */
  readonly namespace: string;
  readonly className: string;
  readonly path: InstancePath | undefined;
}

/** Reads the element of an instance, with the types of its class when the client wants them; at once where the class has been met. */
export function readInstance(
  session: ClientSession,
  element: ResponseElement,
  frame: InstanceFrame,
): CimInstance | Promise<CimInstance> {
  const { namespace, className, path } = frame;
  const classes = knownClasses(session, namespace, () => {
    const within = classesWithin(element, className);
    // A projection has the class that was asked for, and its object may be of a subclass.
    return path && element.name === 'XmlFragment' ? [...within, path.className] : within;
  });
  return classes instanceof Promise
    ? classes.then((found) => instanceOf(element, frame, found))
    : instanceOf(element, frame, classes);
}

function instanceOf(element: ResponseElement, { className, path }: InstanceFrame, classes: KnownClasses): CimInstance {
  const declared = classes.get(className);
  return new CimInstance(
    declared?.name ?? className,
    readProperties(element, className, classes),
    path && typePath(path, classes.get(path.className) ?? declared),
  );
}

/** An instance that is known by its path alone: its properties are its keys. */
export async function instanceOfPath(
  session: ClientSession,
  namespace: string,
  path: InstancePath,
): Promise<CimInstance> {
  const { className } = path;
  const classes = await knownClasses(session, path.namespace ?? namespace, () => [className]);
  const typed = typePath(path, classes.get(className));
  return new CimInstance(className, new NameMap<CimValue>(typed.keys), typed);
}

/** The declarations of the classes, without those that the server does not give, where the client wants types. */
export function knownClasses(
  session: ClientSession,
  namespace: string,
  names: () => readonly string[],
): KnownClasses | Promise<KnownClasses> {
  return session.settings.values === 'text' ? NONE : session.classes.findAll(namespace, names());
}

const NONE: KnownClasses = new NameMap();

/** The path of the instance that an answer holds: the one asked for, with the real class. */
export function pathOfAnswer(asked: InstancePath, className: string, namespace: string): InstancePath {
  return new InstancePath({ namespace: asked.namespace ?? namespace, className, keys: asked.keys });
}
