/** `gangway service`: function modules become services, without code. */
import { Option } from 'commander';
import type { Command } from 'commander';
import { withConfigOptions } from '../config-options.ts';
import { atServiceDesk, readServiceText } from '../service-desk.ts';
import type { OpenServiceDesk, ServiceOptions } from '../service-desk.ts';
import { checkFiles, printServices, publish, writeDraft } from '../service-files.ts';
import { testService } from '../service-test.ts';
import type { TestOptions } from '../service-test.ts';
import type { Terminal } from '../terminal.ts';

const folder = 'the folder of published services (sap.servicesFolder)';

/** Adds the commands; `open` is another bench in tests. */
export function addService(program: Command, terminal: Terminal, open?: OpenServiceDesk): void {
  const service = program
    .command('service')
    .description('Functions of SAP published as services: drafted, tried and published as files, without code');
  addDraft(service, terminal, open);
  addTest(service, terminal, open);
  addFiles(service, terminal, open);
  addPublished(service, terminal, open);
  addDocument(service, terminal, open);
}

function addDraft(service: Command, terminal: Terminal, open: OpenServiceDesk | undefined): void {
  const draft = service.command('new').description("Draft a service file from a function's real interface in SAP");
  withConfigOptions(draft)
    .argument('<function>', 'the function module, as SE37 shows it')
    .option('-o, --out <file>', 'write the draft there instead of printing it; must not exist yet')
    .action((functionName: string, options: ServiceOptions & { readonly out?: string }) =>
      atServiceDesk(terminal, options, open, async ({ desk, deadline }) =>
        writeDraft(terminal, await desk.draftService(functionName, deadline()), options.out),
      ),
    );
}

function addTest(service: Command, terminal: Terminal, open: OpenServiceDesk | undefined): void {
  const test = service.command('test').description('Call a service once in SAP and print what comes back');
  withConfigOptions(test)
    .argument('<service>', 'a service file, or the name of a published service')
    .requiredOption('-i, --input <file>', 'JSON file with the inputs')
    .option('--write', 'really write: needed for a service that writes, and there is no way back')
    .action((named: string, options: TestOptions) =>
      atServiceDesk(terminal, options, open, (opened) => testService(terminal, test, opened, named, options)),
    );
}

function addFiles(service: Command, terminal: Terminal, open: OpenServiceDesk | undefined): void {
  const check = service.command('check').description('Say everything that is wrong with service files');
  withConfigOptions(check)
    .argument('<files...>', 'service files')
    .option('--offline', 'without asking SAP for the interface of the function')
    .option('--json', 'print the results as JSON')
    .action((files: readonly string[], options: ServiceOptions & { readonly offline?: boolean }) =>
      atServiceDesk(terminal, options, open, (opened) => checkFiles(terminal, opened, files, options)),
    );
  const publishing = service
    .command('publish')
    .description(`Check a service file and put it into ${folder}; agents serve it within seconds`);
  withConfigOptions(publishing)
    .argument('<file>', 'service file')
    .option('--replace', 'also when a service of this name is published already')
    .action((file: string, options: ServiceOptions & { readonly replace?: boolean }) =>
      atServiceDesk(terminal, options, open, (opened) =>
        publish(terminal, opened, readServiceText(file), options.replace === true),
      ),
    );
}

function addPublished(service: Command, terminal: Terminal, open: OpenServiceDesk | undefined): void {
  const list = service.command('list').description('Print the published services');
  withConfigOptions(list)
    .option('--json', 'print as JSON')
    .action((options: ServiceOptions) =>
      atServiceDesk(terminal, options, open, ({ desk }) => printServices(terminal, desk.list(), options.json === true)),
    );
  const withdraw = service
    .command('withdraw')
    .description(`Take a service out of ${folder}; writes of it that are open end at a person`);
  withConfigOptions(withdraw)
    .argument('<name>', 'name of the service')
    .action((name: string, options: ServiceOptions) =>
      atServiceDesk(terminal, options, open, ({ desk }) => {
        const file = desk.withdrawService(name);
        if (file === undefined)
          return withdraw.error(`error: no service ${name} is published; \`gangway service list\``);
        terminal.print(`Removed ${file}: ${name} cannot be called any more.`);
      }),
    );
}

function addDocument(service: Command, terminal: Terminal, open: OpenServiceDesk | undefined): void {
  const document = service
    .command('openapi')
    .description('Print the published services as an OpenAPI 3.0 document, to be uploaded in External Services');
  withConfigOptions(document)
    .addOption(new Option('--org <id>', 'the org that is to call them, where the configuration has several'))
    .option('--user <name>', 'only what this Salesforce user may call')
    .action((options: ServiceOptions & { readonly org?: string; readonly user?: string }) =>
      atServiceDesk(terminal, options, open, async ({ desk, config }) => {
        // Loaded only now: the other commands have no use for the relay.
        const { printDocument } = await import('../service-document.ts');
        const { services, problems } = desk.list();
        for (const problem of problems) terminal.say(`Left out: ${problem.path} ${problem.message}`);
        printDocument(terminal, document, { services, config, options });
      }),
    );
}
