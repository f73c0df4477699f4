// Asks the type checker what handlervet is compared with. Usage, in a folder where eslint, typescript-eslint and
// typescript are installed:
//
//   node lint.mjs <root> <output> <handlers.txt> <handlervet.json> <project>…
//
// <root> holds the projects, each with its dependencies installed; handlers.txt is what `handlervet check --list-handlers`
// printed there, handlervet.json what `handlervet check --format json` did. Two files are written below <output>:
// eslint.json, ESLint's report of no-floating-promises on the handlers' files and on the project's files that they
// import, and calls.json, every call in them with what the checker takes its result for.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(path.join(process.cwd(), 'package.json'));
const ts = require('typescript');
const tseslint = require('typescript-eslint');
const { ESLint } = require('eslint');

const configName = 'tsconfig.agreement.json';
const options = {
  target: 'es2022', lib: ['es2023', 'dom', 'dom.iterable'], module: 'preserve', moduleResolution: 'bundler',
  allowJs: true, checkJs: true, strict: true, noImplicitAny: false, esModuleInterop: true, resolveJsonModule: true,
  noEmit: true, skipLibCheck: true, jsx: 'preserve', allowImportingTsExtensions: true,
};

const [root, output, handlers, report, ...projects] = process.argv.slice(2);
if (projects.length === 0) {
  console.error('usage: node lint.mjs <root> <output> <handlers.txt> <handlervet.json> <project>…');
  process.exit(2);
}
const top = fs.realpathSync(root);
const messages = [], calls = [], figures = { projects: 0, files: 0, lines: 0 };
for (const project of projects) {
  const files = entries(project);
  if (files.length > 0) await ask(project, files);
}
fs.writeFileSync(path.join(output, 'eslint.json'), JSON.stringify(messages, null, 1));
fs.writeFileSync(path.join(output, 'calls.json'), JSON.stringify(calls, null, 1));
console.log(figures);

// entries are a project's files with handlers or findings.
function entries(project) {
  const found = new Set();
  for (const line of fs.readFileSync(handlers, 'utf8').split('\n')) {
    const place = /^(\S.*?):\d+: /.exec(line);
    if (place) found.add(place[1]);
  }
  for (const finding of JSON.parse(fs.readFileSync(report, 'utf8')).findings) found.add(finding.file);
  return [...found].filter(f => f.startsWith(project + '/') && /\.[cm]?[jt]sx?$/.test(f)).map(f => path.join(top, f));
}

async function ask(project, files) {
  const dir = path.join(top, project);
  const config = path.join(dir, configName);
  fs.writeFileSync(config, JSON.stringify({ compilerOptions: { ...options, paths: aliases(dir) }, files }));
  const read = ts.parseJsonConfigFileContent(ts.readConfigFile(config, ts.sys.readFile).config, ts.sys, dir);
  const program = ts.createProgram(read.fileNames, read.options);
  const own = program.getSourceFiles().filter(f => !f.isDeclarationFile && !f.fileName.endsWith('.json') &&
    f.fileName.startsWith(dir + '/') && !f.fileName.includes('/node_modules/'));
  for (const file of own) listCalls(file, program.getTypeChecker());
  const results = await lint(dir, program, own.map(f => f.fileName));
  messages.push(...results.map(r => ({ filePath: path.relative(top, r.filePath), messages: r.messages })));
  figures.projects++;
  figures.files += own.length;
  figures.lines += own.reduce((sum, f) => sum + f.getLineStarts().length, 0);
  console.log(project, own.length, 'files', results.flatMap(r => r.messages).length, 'messages');
}

// aliases are the import paths that the project's own tsconfig.json sets up.
function aliases(dir) {
  const file = path.join(dir, 'tsconfig.json');
  if (!fs.existsSync(file)) return {};
  const own = ts.readConfigFile(file, ts.sys.readFile).config?.compilerOptions ?? {};
  const base = path.join(dir, own.baseUrl ?? '.');
  return Object.fromEntries(Object.entries(own.paths ?? {}).map(([name, to]) => [name, to.map(x => path.join(base, x))]));
}

function lint(dir, program, files) {
  return new ESLint({
    cwd: dir, overrideConfigFile: true, ignore: false, allowInlineConfig: false,
    overrideConfig: [{
      files: ['**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}'],
      plugins: { '@typescript-eslint': tseslint.plugin },
      languageOptions: { parser: tseslint.parser, parserOptions: { programs: [program], tsconfigRootDir: dir } },
      rules: { '@typescript-eslint/no-floating-promises': ['error', { ignoreVoid: true }] },
    }],
  }).lintFiles(files);
}

function listCalls(file, checker) {
  const bytes = position => Buffer.byteLength(file.text.slice(0, position));
  const visit = node => {
    if (ts.isCallExpression(node) && !ts.isImportCall(node) && node.expression.getText() !== 'require') {
      calls.push({
        file: path.relative(top, file.fileName),
        line: file.getLineAndCharacterOfPosition(node.getStart()).line + 1,
        last: bytes(node.getEnd()) - 1, // offset of the closing parenthesis, in bytes
        call: node.expression.getText().replace(/\s+/g, ' ').slice(-80),
        bare: ts.isExpressionStatement(node.parent),
        type: taken(checker.getTypeAtLocation(node), checker),
      });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
}

// taken is `promise` if a type or one of a union has a callable `then`, `any` if the checker does not know.
function taken(type, checker) {
  if (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return 'any';
  const parts = type.isUnion() ? type.types : [type];
  const thenable = parts.some(part => {
    const then = checker.getPropertyOfType(checker.getApparentType(part), 'then');
    return then && checker.getTypeOfSymbol(then).getCallSignatures().length > 0;
  });
  return thenable ? 'promise' : 'other';
}
