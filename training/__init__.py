"""How the models in models/ were trained; needs the dependency group ``training``."""
