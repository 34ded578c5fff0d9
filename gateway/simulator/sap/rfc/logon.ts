/** The logon of an RFC connection: client, user and password, or an SNC name that stands for both. */
import { AbapSession } from '../system/abap-session.ts';
import { toIsoLanguage, toSapLanguage } from '../system/language.ts';
import type { SimulatedSystem } from '../system/simulated-system.ts';
import type { LogonResult } from '../system/users.ts';
import { logonFailure, networkFailure } from './rfc-failure.ts';

/** Connection parameters as the SDK takes them, names in small letters. */
export type LogonParameters = Readonly<Record<string, string>>;

/** Begins a session; RfcFailure says why not. */
export function logOn(system: SimulatedSystem, parameters: LogonParameters): AbapSession {
  const { settings, faults } = system;
  if (faults.strike('logon-refused', '') !== undefined) throw wrongCredentials();
  const client = parameters['client'] ?? '';
  if (client !== settings.client) throw logonFailure(`Client ${client} is not available in this system`, '151', client);
  const result = parameters['snc_mode'] === '1' ? logOnWithSnc(system, parameters) : logOnPlainly(system, parameters);
  if (!('user' in result)) {
    if (result.refusal === 'no-credentials') throw logonFailure('Incomplete logon data', '154');
    if (result.refusal === 'wrong') throw wrongCredentials();
    throw logonFailure('User is locked. Please notify the person responsible', '158');
  }
  const language = toSapLanguage(parameters['lang'] || (result.user.language ?? 'EN'));
  if (language === undefined) throw logonFailure('Select one of the installed languages', '149');
  return new AbapSession(system, result.user, language);
}

function wrongCredentials(): Error {
  return logonFailure('Name or password is incorrect (repeat logon)', '152');
}

function logOnPlainly({ users }: SimulatedSystem, { user = '', passwd = '' }: LogonParameters): LogonResult {
  return user === '' || passwd === '' ? { refusal: 'no-credentials' } : users.checkPassword(user, passwd);
}

/** Secured by the stand-in's word alone: no library signs anything here. */
function logOnWithSnc({ settings, users }: SimulatedSystem, parameters: LogonParameters): LogonResult {
  const { snc_partnername: partner = '', snc_myname: own = '', user = '', passwd = '' } = parameters;
  if (partner !== settings.sncName) throw networkFailure(`SNC: target name mismatch (${partner})`, 'SNC', -4);
  return user !== '' && passwd !== '' ? users.checkPassword(user, passwd) : users.logOnWithSnc(own);
}

/** What RfcGetConnectionAttributes shows of the session. */
export function attributesOf(session: AbapSession, systemNumber: string, conversation: number): object {
  const { settings } = session.system;
  const isUnicode = settings.codePage === '4103';
  return {
    partnerHost: settings.host,
    sysNumber: systemNumber,
    sysId: settings.sid,
    client: settings.client,
    user: session.user,
    language: session.language,
    isoLanguage: toIsoLanguage(session.language),
    codepage: '4103',
    partnerCodepage: settings.codePage,
    partnerSystemCodepage: settings.codePage,
    partnerBytesPerChar: isUnicode ? '2' : '1',
    partnerRel: settings.release,
    kernelRel: '753',
    cpicConvId: String(conversation).padStart(8, '0'),
    progName: 'SAPLSYST',
    partnerIP: '127.0.0.1',
  };
}
