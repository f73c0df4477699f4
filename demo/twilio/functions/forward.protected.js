// Tells the practice about a missed call and hangs up.
exports.handler = (context, event, callback) => {
  const twiml = new Twilio.twiml.VoiceResponse();
  twiml.say('We will call you back.');
  twiml.hangup();

  context.getTwilioClient().messages.create({
    to: context.PRACTICE,
    from: context.SENDER,
    body: `Missed call from ${event.From}`,
  });
  callback(null, twiml);
};
