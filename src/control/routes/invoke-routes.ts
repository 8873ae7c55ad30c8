import { NameMap } from '../../cim/model/name-map.js';
import { encodeElement, encodeElements } from '../../cimjson/encode.js';
import { readPlainValues } from '../../cimjson/read-plain.js';
import { DescribedModel } from '../described-model.js';
import { Invoked } from '../schemas/answers.js';
import { HostQuery, Invocation } from '../schemas/shapes.js';
import { hostIn, type Routes, routeSchema } from './route.js';

export const invokeRoutes: Routes = (app, context) => {
  const model = new DescribedModel(context);

  app.post('/v1/invoke', {
    schema: routeSchema({
      summary: 'Call a method',
      tag: 'instances',
      query: HostQuery,
      body: Invocation,
      answers: { 200: Invoked },
    }),
    handler: async (request) => {
      const { target, method: name, input = {} } = request.body;
      const path = model.readPath(target, 'target');
      const { schema } = model.spaceOf(path.namespace);
      const findClass = (className: string) => schema.findClass(className);
      const method = schema.getClass(path.className).methods.get(name);
      const parameters = method?.parameters ?? new NameMap();
      const what = `method ${name} has no parameter`;
      const values = readPlainValues(input, parameters, what, 'input', (className) => findClass(className)?.properties);
      const { returnValue, outputs } = await context
        .kitOf(hostIn(request))
        .cim.invoke(path, name, Object.fromEntries(values));
      return {
        returnValue: encodeElement(returnValue, method?.returnType, findClass),
        outputs: encodeElements(outputs, (output) => parameters.get(output)?.type, findClass),
      };
    },
  });
};
