/** The texts of the login page in one language. */
export interface LoginMessages {
  readonly logIn: string;
  readonly signUp: string;
  readonly toContinue: (clientName: string) => string;
  readonly email: string;
  readonly continue: string;
  readonly continueAs: (name: string) => string;
  readonly or: string;
  readonly cancel: string;
  readonly enterCode: string;
  readonly codeSent: (email: string) => string;
  readonly code: string;
  readonly useOtherEmail: string;
  readonly inbox: string;
  readonly inboxHint: string;
  readonly mockNotice: string;
  readonly wrongCode: string;
  readonly invalidEmail: string;
  readonly unknownEmail: string;
  readonly blocked: string;
}

const en: LoginMessages = {
  logIn: 'Log in',
  signUp: 'Create an account',
  toContinue: (clientName) => `to continue to ${clientName}`,
  email: 'E-mail address',
  continue: 'Continue',
  continueAs: (name) => `Continue as ${name}`,
  or: 'or choose a test user',
  cancel: 'Cancel',
  enterCode: 'Enter your code',
  codeSent: (email) => `We sent a six-digit code to ${email}.`,
  code: 'Code',
  useOtherEmail: 'Use another e-mail address',
  inbox: 'Mock inbox',
  inboxHint: 'No e-mail leaves this machine. Your code:',
  mockNotice: 'This is a local mock of Sesamy. No real account is touched.',
  wrongCode: 'That code is not right. Check the mock inbox and try again.',
  invalidEmail: 'Enter an e-mail address such as ada@example.com.',
  unknownEmail: 'There is no account with this e-mail address.',
  blocked: 'This account is blocked.',
};

const sv: Partial<LoginMessages> = {
  logIn: 'Logga in',
  signUp: 'Skapa konto',
  toContinue: (clientName) => `för att fortsätta till ${clientName}`,
  email: 'E-postadress',
  continue: 'Fortsätt',
  continueAs: (name) => `Fortsätt som ${name}`,
  or: 'eller välj en testanvändare',
  cancel: 'Avbryt',
  enterCode: 'Ange din kod',
  codeSent: (email) => `Vi har skickat en sexsiffrig kod till ${email}.`,
  code: 'Kod',
  useOtherEmail: 'Använd en annan e-postadress',
  inbox: 'Låtsasinkorg',
  inboxHint: 'Ingen e-post lämnar den här datorn. Din kod:',
  wrongCode: 'Koden stämmer inte. Titta i låtsasinkorgen och försök igen.',
  invalidEmail: 'Ange en e-postadress, till exempel ada@example.com.',
  unknownEmail: 'Det finns inget konto med den e-postadressen.',
  blocked: 'Kontot är spärrat.',
};

const nb: Partial<LoginMessages> = {
  logIn: 'Logg inn',
  signUp: 'Opprett konto',
  toContinue: (clientName) => `for å fortsette til ${clientName}`,
  email: 'E-postadresse',
  continue: 'Fortsett',
  continueAs: (name) => `Fortsett som ${name}`,
  or: 'eller velg en testbruker',
  cancel: 'Avbryt',
  enterCode: 'Skriv inn koden',
  codeSent: (email) => `Vi har sendt en sekssifret kode til ${email}.`,
  code: 'Kode',
  useOtherEmail: 'Bruk en annen e-postadresse',
  wrongCode: 'Koden er ikke riktig. Prøv igjen.',
  invalidEmail: 'Skriv inn en e-postadresse, for eksempel ada@example.com.',
};

const da: Partial<LoginMessages> = {
  logIn: 'Log ind',
  signUp: 'Opret konto',
  toContinue: (clientName) => `for at fortsætte til ${clientName}`,
  email: 'E-mailadresse',
  continue: 'Fortsæt',
  continueAs: (name) => `Fortsæt som ${name}`,
  or: 'eller vælg en testbruger',
  cancel: 'Annuller',
  enterCode: 'Indtast din kode',
  codeSent: (email) => `Vi har sendt en sekscifret kode til ${email}.`,
  code: 'Kode',
  useOtherEmail: 'Brug en anden e-mailadresse',
  wrongCode: 'Koden er ikke rigtig. Prøv igen.',
  invalidEmail: 'Indtast en e-mailadresse, for eksempel ada@example.com.',
};

const fi: Partial<LoginMessages> = {
  logIn: 'Kirjaudu sisään',
  signUp: 'Luo tili',
  toContinue: (clientName) => `ja jatka palveluun ${clientName}`,
  email: 'Sähköpostiosoite',
  continue: 'Jatka',
  continueAs: (name) => `Jatka: ${name}`,
  or: 'tai valitse testikäyttäjä',
  cancel: 'Peruuta',
  enterCode: 'Anna koodi',
  codeSent: (email) => `Lähetimme kuusinumeroisen koodin osoitteeseen ${email}.`,
  code: 'Koodi',
  useOtherEmail: 'Käytä toista sähköpostiosoitetta',
  wrongCode: 'Koodi on väärä. Yritä uudelleen.',
  invalidEmail: 'Anna sähköpostiosoite, esimerkiksi ada@example.com.',
};

const it: Partial<LoginMessages> = {
  logIn: 'Accedi',
  signUp: 'Crea un account',
  toContinue: (clientName) => `per continuare su ${clientName}`,
  email: 'Indirizzo e-mail',
  continue: 'Continua',
  continueAs: (name) => `Continua come ${name}`,
  or: 'oppure scegli un utente di prova',
  cancel: 'Annulla',
  enterCode: 'Inserisci il codice',
  codeSent: (email) => `Abbiamo inviato un codice di sei cifre a ${email}.`,
  code: 'Codice',
  useOtherEmail: 'Usa un altro indirizzo e-mail',
  wrongCode: 'Il codice non è corretto. Riprova.',
  invalidEmail: 'Inserisci un indirizzo e-mail, ad esempio ada@example.com.',
};

const pl: Partial<LoginMessages> = {
  logIn: 'Zaloguj się',
  signUp: 'Załóż konto',
  toContinue: (clientName) => `aby przejść do ${clientName}`,
  email: 'Adres e-mail',
  continue: 'Dalej',
  continueAs: (name) => `Kontynuuj jako ${name}`,
  or: 'lub wybierz użytkownika testowego',
  cancel: 'Anuluj',
  enterCode: 'Wpisz kod',
  codeSent: (email) => `Wysłaliśmy sześciocyfrowy kod na adres ${email}.`,
  code: 'Kod',
  useOtherEmail: 'Użyj innego adresu e-mail',
  wrongCode: 'Kod jest nieprawidłowy. Spróbuj ponownie.',
  invalidEmail: 'Wpisz adres e-mail, na przykład ada@example.com.',
};

const cs: Partial<LoginMessages> = {
  logIn: 'Přihlásit se',
  signUp: 'Vytvořit účet',
  toContinue: (clientName) => `a pokračovat do ${clientName}`,
  email: 'E-mailová adresa',
  continue: 'Pokračovat',
  continueAs: (name) => `Pokračovat jako ${name}`,
  or: 'nebo vyberte testovacího uživatele',
  cancel: 'Zrušit',
  enterCode: 'Zadejte kód',
  codeSent: (email) => `Na adresu ${email} jsme poslali šestimístný kód.`,
  code: 'Kód',
  useOtherEmail: 'Použít jinou e-mailovou adresu',
  wrongCode: 'Kód není správný. Zkuste to znovu.',
  invalidEmail: 'Zadejte e-mailovou adresu, například ada@example.com.',
};

const LANGUAGES: Readonly<Record<string, Partial<LoginMessages>>> = {
  en,
  sv,
  nb,
  da,
  fi,
  it,
  pl,
  cs,
};

/**
 * The texts in the first supported language of a space-separated preference list, else English.
 * Norwegian in any spelling is `nb`; missing texts are English.
 * @see OIDC Core section 3.1.2.1, `ui_locales`
 */
export function loginMessages(uiLocales: string | null): {
  language: string;
  messages: LoginMessages;
} {
  for (const tag of (uiLocales ?? '').toLowerCase().split(/\s+/)) {
    const primary = tag.split('-')[0] ?? '';
    const language = primary === 'no' || primary === 'nn' ? 'nb' : primary;
    const found = Object.hasOwn(LANGUAGES, language) ? LANGUAGES[language] : undefined;
    if (found) return { language, messages: { ...en, ...found } };
  }
  return { language: 'en', messages: en };
}
