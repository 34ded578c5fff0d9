/** Starts the local org's page. */
import { createElement } from 'lwc';
import App from 'org/app';

document.body.append(createElement('org-app', { is: App }));
