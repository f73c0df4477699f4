const { calendar } = require('./calendar.json');

// Sends the calendar of one doctor.
exports.run = (event, context, callback) => {
  const entries = calendar.filter((entry) => entry.doctor === event.queryStringParameters?.doctor);
  callback(null, { statusCode: 200, body: JSON.stringify(entries) });
};
