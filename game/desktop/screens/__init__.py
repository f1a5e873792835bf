"""The screens, a module each; a screen stands on `game.desktop.screen.Screen`."""
