// The yardstick for opening results: a panel with a script that says it is there.
const vscode = require('vscode');

exports.activate = ({ subscriptions }) => {
  const open = () => {
    const beside = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    const panel = vscode.window.createWebviewPanel('emptyPanel', 'Empty Panel', beside, { enableScripts: true });
    panel.webview.html = '<!doctype html><body><script>document.body.innerHTML = "<p id=here>here</p>"</script></body>';
  };
  subscriptions.push(vscode.commands.registerCommand('emptyPanel.open', open));
};
