import { html } from 'hono/html';
import type { AppContext, ServerContext } from '../context.js';
import { pictureOf } from '../oauth/claims.js';
import type { Login } from '../state.js';
import { loginMessages } from './messages.js';
import { type Markup, page } from './page.js';

/** The error of the last attempt, if any. */
export type LoginProblem = 'wrongCode' | 'invalidEmail' | 'unknownEmail' | 'blocked';

/** The first step: e-mail address, or one of the test users. */
export function identifierPage(
  server: ServerContext,
  c: AppContext,
  login: Login,
  problem: LoginProblem | null = null,
): Response | Promise<Response> {
  const { language, messages } = loginMessages(login.request.uiLocales);
  const title = login.request.screenHint === 'signup' ? messages.signUp : messages.logIn;
  const main = html`<h1>${title}</h1>
    <p class="lead">${messages.toContinue(clientName(server, login))}</p>
    ${alert(problem && messages[problem])}
    <form method="post" action="${stepUrl(login, 'identifier')}" novalidate>
      <label for="email">${messages.email}</label>
      <input
        id="email"
        name="email"
        type="email"
        autocomplete="username"
        inputmode="email"
        required
        value="${login.email ?? ''}"
        ${problem ? html`aria-invalid="true" aria-describedby="problem"` : ''}
        ${login.email === null ? html`autofocus` : ''}
      />
      <button class="primary" name="action" value="continue">${messages.continue}</button>
      <p class="divider">${messages.or}</p>
      <ul class="people">
        ${people(server, login, messages.continueAs)}
      </ul>
      <button class="quiet" name="action" value="cancel">${messages.cancel}</button>
    </form>`;
  return page(c, {
    title,
    language,
    main,
    notice: messages.mockNotice,
    formTargets: formTargets(login),
    status: problem ? 422 : 200,
  });
}

/** The second step: the one-time code, which the page itself shows in the mock inbox. */
export function codePage(
  c: AppContext,
  login: Login,
  problem: LoginProblem | null = null,
): Response | Promise<Response> {
  const { language, messages } = loginMessages(login.request.uiLocales);
  const main = html`<h1>${messages.enterCode}</h1>
    <p class="lead">${messages.codeSent(login.email ?? '')}</p>
    ${alert(problem && messages[problem])}
    <form method="post" action="${stepUrl(login, 'code')}" novalidate>
      <label for="code">${messages.code}</label>
      <input
        id="code"
        name="code"
        class="code"
        inputmode="numeric"
        autocomplete="one-time-code"
        maxlength="6"
        required
        autofocus
        ${problem ? html`aria-invalid="true" aria-describedby="problem"` : ''}
      />
      <button class="primary" name="action" value="continue">${messages.continue}</button>
      <button class="quiet" name="action" value="back">${messages.useOtherEmail}</button>
      <button class="quiet" name="action" value="cancel">${messages.cancel}</button>
    </form>`;
  const aside = html`<h2>${messages.inbox}</h2>
    <p>${messages.inboxHint}</p>
    <output>${login.oneTimeCode ?? ''}</output>`;
  return page(c, {
    title: messages.enterCode,
    language,
    main,
    aside,
    notice: messages.mockNotice,
    formTargets: formTargets(login),
    status: problem ? 422 : 200,
  });
}

/** Address of a step of the login page. */
export function stepUrl(login: Login, step: 'identifier' | 'code'): string {
  return `${login.request.issuer}u/login/${step}?state=${login.id}`;
}

function people(
  server: ServerContext,
  login: Login,
  continueAs: (name: string) => string,
): Markup[] {
  return [...server.state.users.values()].slice(0, 8).map(
    (user) =>
      html`<li>
        <button class="person" name="user" value="${user.id}" aria-label="${continueAs(user.name)}">
          <img src="${pictureOf(user, login.request.issuer)}" alt="" />
          <span>${continueAs(user.name)}<small>${user.email}</small></span>
        </button>
      </li>`,
  );
}

function alert(text: string | null): Markup | string {
  return text === null ? '' : html`<p class="alert" role="alert" id="problem">${text}</p>`;
}

function clientName(server: ServerContext, login: Login): string {
  return server.state.clients.get(login.request.clientId)?.name ?? login.request.clientId;
}

/** Browsers apply form-action to the redirects that follow a form, so the client's origin is named. */
function formTargets(login: Login): string[] {
  const { origin, protocol } = new URL(login.request.redirectUri);
  return [origin === 'null' ? protocol : origin];
}
