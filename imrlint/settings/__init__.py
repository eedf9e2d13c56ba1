"""What a house wants: configuration, profiles, waivers and baseline, each with the file that it is written in."""
