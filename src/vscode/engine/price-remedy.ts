/** How a price is stated in VS Code. */
export const priceRemedy = 'State it in the setting "takoss.price".';
