// Loaded into Electron's main process before the app: closes the window as a person would.
const { BrowserWindow } = require('electron');

process.on('SIGUSR2', () => {
  for (const window of BrowserWindow.getAllWindows()) window.close();
});
