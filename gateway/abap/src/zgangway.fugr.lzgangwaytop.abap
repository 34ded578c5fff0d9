FUNCTION-POOL zgangway MESSAGE-ID zgangway.
