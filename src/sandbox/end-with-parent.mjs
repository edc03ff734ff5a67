/** Preload of the bot under the sandbox: when the process that started it dies without a word, so does the bot. */
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
// Listening keeps the channel, and with it the process, alive; the bot must be able to end by itself.
process.channel?.unref()
