package trial

// Project is what editors are tried on, by name: a handler that does not answer when sending fails, and one that is
// fine until record becomes asynchronous.
func Project() map[string]string {
	return map[string]string{
		"package.json":      "{}\n",
		"functions/send.js": Bad,
		"api/order.js": `const { record } = require('../lib/record');

module.exports = async (req, res) => {
  record(req.query.id);
  res.json({ id: req.query.id });
};
`,
		"lib/record.js": `exports.record = (id) => {
  console.log(id);
};
`,
	}
}
