// A conforming OpenID provider for tests: the certified one of the npm registry, with its own pages
// for signing in replaced by one that signs in at once whoever the test named last at /as.
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [folder, redirect, secret] = process.argv.slice(2);
const found = createRequire(`${folder}/x.js`).resolve('oidc-provider');
const { Provider } = await import(pathToFileURL(found));

const people = {
  representative: {
    name: '欧阳梓萱', organisation: '91990105MD0024050D', capacity: 'legal-representative', acr: 'two',
  },
  successor: {
    name: '司马青禾', organisation: '91990105MD0024050D', capacity: ['legal-representative'], acr: 'two',
  },
  clerk: { name: '东方既白', organisation: '91990105MD0024050D', capacity: 'clerk', acr: 'two' },
  officer: { name: '李', acr: 'two' },
  person: { name: '金丝雀甲', id_number: '110101199003077758', acr: 'two' },
  weak: { name: '李', acr: 'one' },
};
let next = 'nobody';

const server = createServer();
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  // Another site than that of the test, to a browser.
  const issuer = `http://localhost:${port}`;
  const provider = new Provider(issuer, {
    clients: [{
      client_id: 'gongxin', client_secret: secret, redirect_uris: [redirect],
      response_types: ['code'], grant_types: ['authorization_code'],
    }],
    claims: { openid: ['sub'], organisation: ['name', 'organisation', 'capacity', 'id_number'], acr: null },
    acrValues: ['two', 'one'],
    pkce: { required: () => true },
    cookies: { keys: ['a key of this test'] },
    interactions: { url: (_, one) => `/sign-in/${one.uid}` },
    features: { devInteractions: { enabled: false } },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...people[id], acr: undefined }) }),
    loadExistingGrant: async (ctx) => {
      const grant = new ctx.oidc.provider.Grant({
        clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId,
      });
      grant.addOIDCScope('openid organisation');
      await grant.save();
      return grant;
    },
    ttl: { Session: 600, Grant: 600, IdToken: 300, AccessToken: 60, Interaction: 60 },
  });
  provider.on('server_error', (_, error) => console.error(error));
  const asked = provider.callback();
  server.on('request', async (request, response) => {
    const path = request.url.split('?')[0];
    if (path.startsWith('/as/')) {
      next = path.slice(4);
      response.end('ok');
    } else if (path.startsWith('/sign-in/')) {
      const result = people[next]
        ? { login: { accountId: next, acr: people[next].acr, remember: false } }
        : { error: 'access_denied', error_description: 'nobody is there' };
      await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
    } else {
      asked(request, response);
    }
  });
  console.log(issuer);
});
