// Python in this worker: CPython as Pyodide builds it, started without Pyodide's own Python packages
// and called through CPython's C interface: import a module, call a function with one text.

/** Where the interpreter looks for its standard library and where the checkers are put. */
const APP = "/app.zip";

/** A Python exception that came out of a call; the message is its last line. */
export class PythonError extends Error {}

/**
 * Start Python.
 * @param {(settings: object) => Promise<object>} create Pyodide's module factory
 * @param {{wasm: WebAssembly.Module, library: Uint8Array, app: Uint8Array, version: string}} parts
 *   version is Python's, such as "3.14.2"
 * @returns {Promise<(module: string, name: string) => (text: string) => string>} gives a Python
 *   function that takes and returns text; throws PythonError
 */
export async function startPython(create, { wasm, library, app, version }) {
  const short = version.split(".").slice(0, 2);
  const lib = `/lib/python${short.join(".")}`;
  const failed = Promise.withResolvers?.() ?? withResolvers();
  const noError = Symbol("no error");
  const python = await Promise.race([
    failed.promise,
    create({
      noImageDecoding: true,
      noAudioDecoding: true,
      noWasmDecoding: true,
      // What Pyodide's script reads while it is evaluated; its packages and proxies are never started.
      API: { config: {}, runtimeEnv: { IN_BROWSER: true, IN_BROWSER_WEB_WORKER: true } },
      thisProgram: "python",
      arguments: ["-S", "-B"],
      print() {},
      printErr() {},
      locateFile: (name) => name,
      preRun: [
        ({ ENV, FS }) => {
          Object.assign(ENV, { HOME: "/", PYTHONHASHSEED: "0" });
          for (const folder of ["lib-dynload", "site-packages"]) FS.mkdirTree(`${lib}/${folder}`);
          FS.writeFile(`/lib/python${short.join("")}.zip`, library);
          FS.writeFile(APP, app);
        },
      ],
      instantiateWasm(imports, done) {
        imports.env.Jsv_GetError_import = () => noError;
        imports.env.JsvError_Check = (value) => Number(value === noError);
        WebAssembly.instantiate(wasm, imports).then((instance) => done(instance, wasm), failed.reject);
        return {};
      },
    }),
  ]);
  return binding(python);
}

function withResolvers() {
  const made = {};
  made.promise = new Promise((resolve, reject) => Object.assign(made, { resolve, reject }));
  return made;
}

/** The few calls of the C interface that are needed; every pointer that is made is freed. */
function binding(python) {
  const decode = new TextDecoder();
  const utf8 = python.stringToNewUTF8("utf-8");
  const lenient = python.stringToNewUTF8("surrogatepass");
  const withText = (text, use) => {
    const pointer = python.stringToNewUTF8(text);
    try {
      return use(pointer);
    } finally {
      python._free(pointer);
    }
  };
  const released = (object, use) => {
    try {
      return use(object);
    } finally {
      python._Py_DecRef(object);
    }
  };
  const checked = (object) => object || raise();
  const textOf = (object) =>
    released(checked(python._PyUnicode_AsEncodedString(object, utf8, lenient)), (bytes) => {
      const start = python._PyBytes_AsString(bytes);
      return decode.decode(python.HEAPU8.subarray(start, start + python._PyBytes_Size(bytes)));
    });
  function raise() {
    const error = python._PyErr_GetRaisedException();
    const kind = released(python._PyObject_Type(error), (type) =>
      released(withText("__name__", (name) => python._PyObject_GetAttrString(type, name)), textOf),
    );
    const words = released(error, () => released(python._PyObject_Str(error), textOf));
    throw new PythonError(`${kind}: ${words}`);
  }
  // The path is a list in sys, which holds it for good; the app comes first.
  const path = withText("path", (name) => python._PySys_GetObject(name));
  released(withText(APP, python._PyUnicode_FromString), (app) => python._PyList_Insert(path, 0, app));
  return (module, name) => {
    const owner = checked(withText(module, python._PyImport_ImportModule));
    const callable = released(owner, () => checked(withText(name, (word) => python._PyObject_GetAttrString(owner, word))));
    return (text) =>
      released(checked(withText(text, python._PyUnicode_FromString)), (words) =>
        released(checked(python._PyObject_CallOneArg(callable, words)), textOf),
      );
  };
}
