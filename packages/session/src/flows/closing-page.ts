/** In the languages of Sesamy's login page, by the primary subtag of BCP 47. */
const TEXTS: Readonly<Record<string, string>> = {
  cs: 'Přihlášení nebylo dokončeno. Zavřete toto okno a přihlaste se znovu na stránce, která je otevřela.',
  da: 'Login blev ikke fuldført. Luk dette vindue, og log ind igen fra den side, der åbnede det.',
  en: 'The login was not finished. Close this window, and log in again from the page that opened it.',
  fi: 'Kirjautuminen jäi kesken. Sulje tämä ikkuna ja kirjaudu uudelleen sivulla, joka avasi sen.',
  it: 'L’accesso non è stato completato. Chiudi questa finestra e accedi di nuovo dalla pagina che l’ha aperta.',
  nb: 'Innloggingen ble ikke fullført. Lukk dette vinduet og logg inn på nytt fra siden som åpnet det.',
  pl: 'Logowanie nie zostało ukończone. Zamknij to okno i zaloguj się ponownie na stronie, która je otworzyła.',
  sv: 'Inloggningen slutfördes inte. Stäng det här fönstret och logga in igen från sidan som öppnade det.',
};

/**
 * Closes a login window that no page waits for. If the browser refuses, shows a plain message instead of the app, which
 * might start a login that the user did not request in this window. It is in the language of the app's page, else in
 * English.
 */
export function showClosingPage(): void {
  window.close();
  const head = document.createElement('head');
  const body = document.createElement('body');
  const text = document.createElement('p');
  const [tag = ''] = document.documentElement.lang.toLowerCase().split('-');
  const wanted = tag === 'no' || tag === 'nn' ? 'nb' : tag;
  const lang = Object.hasOwn(TEXTS, wanted) ? wanted : 'en';
  text.setAttribute('role', 'status');
  text.lang = lang;
  text.textContent = TEXTS[lang] ?? '';
  body.append(text);
  document.documentElement.replaceChildren(head, body);
}
