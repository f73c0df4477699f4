// Texts a patient the day before an appointment.
exports.handler = async function (context, event, callback) {
  const client = context.getTwilioClient();
  try {
    const message = await client.messages.create({
      to: event.phone,
      from: context.SENDER,
      body: `Your appointment is tomorrow at ${event.time}.`,
    });
    return callback(null, { sid: message.sid });
  } catch (error) {
    console.error('could not send the reminder', error);
  }
};
