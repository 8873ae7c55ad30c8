import type { Case, Step } from '../case.js';
import { absent, anyFault, fault, inDocument, ok, present, text } from '../expectations.js';
import { attribute, findAll } from '../find.js';
import { HOSTED_SERVICE, METHOD, SERVICE, SYSTEM } from '../lab.js';
import { actions, CIM_XML_CLASSES, WS_CIM_CLASSES } from '../namespaces.js';
import { enumerate, get, getClass, inNamespace, optimized, optionSetXml } from '../requests.js';
import type { Target } from '../target.js';
import type { XmlNode } from '../xml-node.js';

const CLASS = 's:Body/:CLASS';
const ITEMS = 's:Body/n:EnumerateResponse/w:Items';
const whole = {
  IncludeQualifiers: 'true',
  IncludeInheritedElements: 'true',
  IncludeClassOrigin: 'true',
  IncludeInheritanceHierarchy: 'true',
};

const declared = (
  className: string,
  expect: Step['expect'],
  options: Readonly<Record<string, string>> = whole,
): Step => ({ send: (t) => getClass(t, className, options), expect });

const enumerateClasses = (target: Target, className: string, options: Readonly<Record<string, string>>) =>
  enumerate(target, optimized, {
    uri: CIM_XML_CLASSES,
    selectors: inNamespace(target, { ClassName: className }),
    options: optionSetXml(options),
    maxEnvelopeSize: null,
  });

const classNames = (root: XmlNode) => findAll(root, `${ITEMS}//:CLASS`).map((node) => attribute(node, 'NAME') ?? '');

export const classCases: readonly Case[] = [
  {
    name: 'Get on the CIM-XML URI answers with the class, in no namespace',
    verifies: ['class:get'],
    needs: 'instance',
    optional: true,
    steps: [
      {
        send: (t) => getClass(t, t.className),
        expect: [ok, text(`${CLASS}/@NAME`, ({ target }) => target.className), present('s:Body/*', 1)],
      },
    ],
  },
  {
    name: 'a class that does not exist is refused',
    verifies: ['class:unknown'],
    steps: [{ send: (t) => getClass(t, 'CIM_NoSuchClass'), expect: [anyFault] }],
  },
  {
    name: 'CLASS has its name and its superclass',
    verifies: ['class:name'],
    needs: 'lab',
    steps: [
      declared(SERVICE, [
        ok,
        text(`${CLASS}/@NAME`, SERVICE),
        text(`${CLASS}/@SUPERCLASS`, 'CIM_StorageConfigurationService'),
      ]),
      declared('CIM_ManagedElement', [ok, absent(`${CLASS}/@SUPERCLASS`)]),
    ],
  },
  {
    name: 'a class is found without regard to case',
    verifies: ['class:name:case'],
    needs: 'lab',
    steps: [declared(SERVICE.toUpperCase(), [ok, text(`${CLASS}/@NAME`, SERVICE)])],
  },
  {
    name: 'a qualifier with several values has them in VALUE.ARRAY',
    verifies: ['class:qualifier:array'],
    needs: 'lab',
    steps: [
      declared(SYSTEM, [
        present(`${CLASS}/:PROPERTY[EnabledState]/:QUALIFIER[ValueMap]/:VALUE.ARRAY/:VALUE`),
        absent(`${CLASS}/:PROPERTY[EnabledState]/:QUALIFIER[ValueMap]/:VALUE`),
      ]),
    ],
  },
  {
    name: 'a parameter that holds an embedded instance says so',
    verifies: ['class:embedded'],
    needs: 'lab',
    steps: [
      declared(SERVICE, [
        text(`${CLASS}/:METHOD[${METHOD}]/:PARAMETER[Goal]/:QUALIFIER[EmbeddedInstance]/:VALUE`, 'CIM_SettingData'),
      ]),
    ],
  },
  {
    name: 'each kind of property has its element',
    verifies: ['class:property'],
    needs: 'lab',
    steps: [
      declared(SYSTEM, [
        text(`${CLASS}/:PROPERTY[EnabledState]/@TYPE`, 'uint16'),
        text(`${CLASS}/:PROPERTY[InstallDate]/@TYPE`, 'datetime'),
        text(`${CLASS}/:PROPERTY.ARRAY[Dedicated]/@TYPE`, 'uint16'),
      ]),
      declared(HOSTED_SERVICE, [
        present(`${CLASS}/:PROPERTY.REFERENCE[Antecedent]`, 1),
        present(`${CLASS}/:PROPERTY.REFERENCE[Dependent]`, 1),
      ]),
    ],
  },
  {
    name: 'a method has its type and an element for each kind of parameter',
    verifies: ['class:method'],
    needs: 'lab',
    steps: [
      declared(SERVICE, [
        text(`${CLASS}/:METHOD[${METHOD}]/@TYPE`, 'uint32'),
        text(`${CLASS}/:METHOD[${METHOD}]/:PARAMETER[PipeElementName]/@TYPE`, 'string'),
        text(`${CLASS}/:METHOD[${METHOD}]/:PARAMETER.REFERENCE[SourceSystem]/@REFERENCECLASS`, 'CIM_ComputerSystem'),
        text(`${CLASS}/:METHOD[${METHOD}]/:PARAMETER.REFARRAY[SourceEndpoint]/@REFERENCECLASS`, 'CIM_ProtocolEndpoint'),
      ]),
    ],
  },
  {
    name: 'keys have the qualifier Key',
    verifies: ['class:key'],
    needs: 'lab',
    steps: [
      declared(SYSTEM, [
        text(`${CLASS}/:PROPERTY[Name]/:QUALIFIER[Key]/:VALUE`, 'true'),
        text(`${CLASS}/:PROPERTY[CreationClassName]/:QUALIFIER[Key]/:VALUE`, 'true'),
        absent(`${CLASS}/:PROPERTY[ElementName]/:QUALIFIER[Key]`),
      ]),
    ],
  },
  {
    name: 'parameters say their direction',
    verifies: ['class:direction'],
    needs: 'lab',
    steps: [
      declared(SERVICE, [
        text(`${CLASS}/:METHOD[${METHOD}]/:PARAMETER.REFERENCE[ReplicationPipe]/:QUALIFIER[Out]/:VALUE`, 'true'),
        inDocument('no Out at an input parameter', (root) => {
          const [out] = findAll(root, `${CLASS}/:METHOD[${METHOD}]/:PARAMETER[PipeElementName]/:QUALIFIER[Out]/:VALUE`);
          return out?.text.trim() === 'true' ? 'Out is true' : undefined;
        }),
      ]),
    ],
  },
  {
    name: 'an association says so and names the classes at its ends',
    verifies: ['class:association'],
    needs: 'lab',
    steps: [
      declared(HOSTED_SERVICE, [
        text(`${CLASS}/:QUALIFIER[Association]/:VALUE`, 'true'),
        present(`${CLASS}/:PROPERTY.REFERENCE[Antecedent]/@REFERENCECLASS`),
      ]),
    ],
  },
  {
    name: 'IncludeQualifiers=false leaves out qualifiers',
    verifies: ['class:qualifiers:off'],
    needs: 'lab',
    steps: [
      declared(SERVICE, [ok, absent(`${CLASS}//:QUALIFIER`), present(`${CLASS}/:METHOD[${METHOD}]`, 1)], {
        ...whole,
        IncludeQualifiers: 'false',
      }),
    ],
  },
  {
    name: 'IncludeInheritedElements=false leaves out what is inherited',
    verifies: ['class:inherited:off'],
    needs: 'lab',
    steps: [
      declared('CIM_ComputerSystem', [ok, absent(`${CLASS}/:PROPERTY[ElementName]`)], {
        ...whole,
        IncludeInheritedElements: 'false',
      }),
    ],
  },
  {
    name: 'IncludeClassOrigin=true tells where an element was declared',
    verifies: ['class:origin'],
    needs: 'lab',
    steps: [
      declared(SERVICE, [
        text(`${CLASS}/:METHOD[${METHOD}]/@CLASSORIGIN`, 'CIM_StorageConfigurationService'),
        text(`${CLASS}/:PROPERTY[ElementName]/@CLASSORIGIN`, 'CIM_ManagedElement'),
      ]),
    ],
  },
  {
    name: 'what is inherited is marked',
    verifies: ['class:propagated'],
    needs: 'lab',
    steps: [declared(SERVICE, [text(`${CLASS}/:PROPERTY[ElementName]/@PROPAGATED`, 'true')])],
  },
  {
    name: 'DERIVATION lists the superclasses, nearest first',
    verifies: ['class:derivation'],
    needs: 'lab',
    steps: [
      declared(SERVICE, [
        inDocument('DERIVATION from the superclass up to CIM_ManagedElement', (root) => {
          const [found] = findAll(root, CLASS);
          const names = (found === undefined ? '' : (attribute(found, 'DERIVATION') ?? '')).split(',');
          const right = names[0] === 'CIM_StorageConfigurationService' && names.at(-1) === 'CIM_ManagedElement';
          return right ? undefined : names.join();
        }),
      ]),
    ],
  },
  {
    name: 'a class declaration cannot be deleted',
    verifies: ['class:read-only'],
    needs: 'lab',
    steps: [
      {
        send: (t) => getClass(t, 'CIM_NetworkPipe', {}, { action: actions.delete }),
        expect: [fault('Sender', 'a:ActionNotSupported')],
      },
    ],
  },
  {
    name: 'class declarations in WS-CIM form are not offered',
    verifies: ['class:ws-cim'],
    needs: 'lab',
    steps: [
      {
        send: (t) => get(t, { uri: WS_CIM_CLASSES, selectors: inNamespace(t, { ClassName: SYSTEM }) }),
        expect: [fault('Sender', 'w:UnsupportedFeature')],
      },
    ],
  },
  {
    name: 'Enumerate on the CIM-XML URI lists classes',
    verifies: ['class:enumerate', 'class:enumerate:base'],
    needs: 'lab',
    steps: [
      {
        send: (t) => enumerateClasses(t, 'CIM_StorageConfigurationService', whole),
        expect: [
          ok,
          inDocument('the one subclass', (root) => {
            const names = classNames(root);
            return names.join() === SERVICE ? undefined : names.join();
          }),
        ],
      },
    ],
  },
  {
    name: 'without base the classes without superclass are listed',
    verifies: ['class:enumerate'],
    needs: 'lab',
    steps: [
      {
        send: (t) => enumerateClasses(t, '', { ...whole, IncludeSubClasses: 'false', IncludeQualifiers: 'false' }),
        expect: [
          ok,
          inDocument('roots only', (root) => {
            const classes = findAll(root, `${ITEMS}//:CLASS`);
            const wrong = classes.find((node) => attribute(node, 'SUPERCLASS') !== undefined);
            if (!classes.some((node) => attribute(node, 'NAME') === 'CIM_ManagedElement'))
              return 'CIM_ManagedElement is missing';
            return wrong === undefined ? undefined : attribute(wrong, 'NAME');
          }),
        ],
      },
    ],
  },
  {
    name: 'IncludeSubClasses says how deep the list goes',
    verifies: ['class:enumerate:subclasses'],
    needs: 'lab',
    steps: [
      {
        send: (t) =>
          enumerateClasses(t, 'CIM_System', { ...whole, IncludeSubClasses: 'true', IncludeQualifiers: 'false' }),
        expect: [
          ok,
          inDocument('both levels', (root) => {
            const names = classNames(root);
            return names.includes('CIM_ComputerSystem') && names.includes(SYSTEM) ? undefined : names.join();
          }),
        ],
      },
      {
        send: (t) =>
          enumerateClasses(t, 'CIM_System', { ...whole, IncludeSubClasses: 'false', IncludeQualifiers: 'false' }),
        expect: [
          ok,
          inDocument('one level', (root) => {
            const names = classNames(root);
            return names.includes('CIM_ComputerSystem') && !names.includes(SYSTEM) ? undefined : names.join();
          }),
        ],
      },
    ],
  },
];
