/** Kinds of settings that several sections have: files, numbers, addresses. */
import { z } from 'zod';

/** A file that must be there; its path is relative to the folder of the configuration file. */
export const file = (description: string) => z.string().min(1).max(4096).meta({ description, kind: 'file' });
/** A file whose content is secret: the setting is a path, the content is read when it is used. */
export const secretFile = (description: string) =>
  z.string().min(1).max(4096).meta({ description, kind: 'secret-file' });
/** A file that the program itself creates. */
export const ownFile = (description: string) => z.string().min(1).max(4096).meta({ description, kind: 'own-file' });

export const number = (minimum: number, maximum: number, fallback: number, description: string) => {
  const range = `must be a whole number from ${minimum} to ${maximum}`;
  return z.int(range).min(minimum, range).max(maximum, range).default(fallback).describe(description);
};

const isLoopback = (host: string): boolean => /^(localhost|127(\.\d+){3}|\[::1\])$/.test(host);

/** An address without path; unencrypted only on the machine itself, where `plainEverywhere` is false. */
export const address = (secure: string, plain: string, description: string, plainEverywhere = false) =>
  z
    .string()
    .refine(
      (text) => isAddress(text, secure, plain, plainEverywhere),
      `must be ${secure}//host[:port] without a path${plainEverywhere ? '' : ` (${plain}// only for this machine itself)`}`,
    )
    .transform((text) => text.replace(/\/$/, ''))
    .meta({ description, kind: 'address' });

function isAddress(text: string, secure: string, plain: string, plainEverywhere: boolean): boolean {
  const url = URL.parse(text);
  if (url === null || url.username !== '' || url.password !== '') return false;
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') return false;
  return url.protocol === secure || (url.protocol === plain && (plainEverywhere || isLoopback(url.hostname)));
}

export const proxyUrl = (description: string) =>
  z
    .string()
    .refine((text) => ['http:', 'https:'].includes(URL.parse(text)?.protocol ?? ''), 'must be http://host:port')
    .optional()
    .meta({ description, kind: 'proxy' });
