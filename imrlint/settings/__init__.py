"""What a house wants: settings files and profiles, waivers and baselines."""
